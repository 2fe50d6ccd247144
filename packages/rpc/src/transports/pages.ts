/** What a GET is answered with. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** By path: what can be read besides `/` and `/health`. @example { '/metrics': () => scrape() } */
export type Pages = Readonly<Record<string, () => Page | Promise<Page>>>;
