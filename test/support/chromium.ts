import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Nothing but this machine has a name.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A page of a fresh profile that reaches nothing but this machine, and what it complained about. */
export interface OpenPage {
  readonly page: Page;
  /** Errors that nobody caught, and lines the page wrote as errors. */
  readonly complaints: string[];
}

export interface OpenBrowser {
  /** @param initScript runs in the page before its own scripts. */
  open(initScript?: string): Promise<OpenPage>;
}

async function openPage(browser: Browser, initScript: string): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1600 } });
  await context.addInitScript(initScript);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_BLOCKED_BY_CLIENT'))
      complaints.push(message.text());
  });
  return { page, complaints };
}

/**
 * `describe` for a suite that drives Chromium (`/usr/bin/chromium`, or what CHROMIUM names). Without one the suite says
 * so and is skipped; under `CI=true` it fails instead.
 */
export function describeInChromium(title: string, body: (browser: OpenBrowser) => void): void {
  if (!existsSync(executablePath)) {
    const reason = `${executablePath} is missing; install chromium or name one by CHROMIUM`;
    describe(title, () => {
      if (process.env['CI'] === 'true') {
        it('needs Chromium', () => {
          throw new Error(`${reason}; under CI=true this suite must run`);
        });
      } else {
        it.skip(`skipped: ${reason}`, () => {});
      }
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ARGS });
    });
    afterAll(() => browser.close());
    body({ open: (initScript = '') => openPage(browser, initScript) });
  });
}
