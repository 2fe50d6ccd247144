/**
 * Official transcripts that do not pass yet, with the reason. The suite fails when one of them passes, so that an entry
 * cannot outlive its reason. Keys are `method/name` without `.io`.
 */
export const knownFailures: Readonly<Record<string, string>> = {};
