/** What a step shows, and the deed itself, which throws when the tool or the node disappoints. */
export type Step = readonly [name: string, run: () => Promise<unknown>];
