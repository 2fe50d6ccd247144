const MEBIBYTE = 1 << 20;
const TABLE_BYTES = 4 * MEBIBYTE;
/** What LevelDB takes of its open files for others than tables. */
const RESERVED_FILES = 10;

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * Half of the memory holds blocks of tables that were read. An eighth is the write buffer, of which there may be two, and
 * which is read back from the log at the next start: it is kept small for that. The rest is for the indexes of open tables.
 * The system maps open tables as well, which counts as memory of the process although it can be taken back at any time: so
 * many may be open that this is at most the memory, or 64 MiB. Larger tables than LevelDB's 2 MiB, of which 10 GB would be 5,000.
 */
export const levelOptions = (cacheBytes: number) => ({
  cacheSize: Math.floor(cacheBytes / 2),
  writeBufferSize: clamp(Math.floor(cacheBytes / 8), MEBIBYTE, 16 * MEBIBYTE),
  maxFileSize: TABLE_BYTES,
  maxOpenFiles: RESERVED_FILES + clamp(Math.floor(cacheBytes / TABLE_BYTES), 16, 1000),
  compression: true,
});
