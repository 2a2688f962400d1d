// A browser for the tests of the explorer: pages that note every error, request and dialog.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.PAGES_MODULES ?? resolve('target/pages'), 'index.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const PATIENCE_MS = 20_000;

export const wrong = [];
export const fail = (what) => { wrong.push(what); };

/** Notes what is not so. */
export function check(so, what) { if (!so) fail(what); }

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/**
 * A context with one page of the explorer in it; what goes wrong there is noted.
 * @param {any} browser @param {string} path @param {{ fragment?: string, before?: () => void, quiet?: boolean, [key: string]: unknown }} [wishes]
 */
export async function open(browser, path, { fragment = '', before, waits = true, ...looks } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...looks });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  watch(page, pathToFileURL(resolve(path)).href);
  await page.goto(pathToFileURL(resolve(path)).href + fragment);
  if (waits) await idle(page);
  return page;
}

function watch(page, address) {
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) fail(`console: ${message.text()}`); });
  page.on('pageerror', (error) => fail(`script: ${error.stack}`));
  page.on('dialog', (dialog) => { fail(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const url = request.url();
    if (url.replace(/#.*/, '') !== address && !/^(data|blob):/.test(url)) fail(`request: ${url}`);
  });
}

/** Waits until everything that was turned is answered. */
export async function idle(page) {
  await page.waitForFunction(() => document.documentElement.dataset.idle === 'true', null, { timeout: PATIENCE_MS })
    .catch(() => fail('the page does not come to rest'));
}

export const text = (page, selector) => page.locator(selector).first().innerText();

/** What axe-core finds, in a world of its own, to which the policy of the page does not apply. */
export async function barriers(page) {
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const run = async (expression) => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', { expression, contextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(axe);
  const found = await run('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`))');
  await client.detach();
  return found;
}

/** What is cut off or too small for a finger. */
export function cutOrSmall(page) {
  return page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`page ${document.documentElement.scrollWidth} px wide`);
    const name = (one) => `${one.tagName} #${one.id} .${one.className} ${one.textContent.slice(0, 30)}`;
    for (const one of document.querySelectorAll('header *, main *, footer *')) {
      const box = one.getBoundingClientRect();
      if (one.closest('.scroll, .drawing, .unseen, .skip, .tablist, datalist, option') || !box.width) continue;
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`cut: ${name(one)}`);
    }
    for (const one of document.querySelectorAll('button, select, input, summary')) {
      const box = one.getBoundingClientRect();
      if (box.width && (box.height < 43.5 || box.width < 43.5)) found.push(`small: ${name(one)} ${box.width}×${box.height}`);
    }
    return found.slice(0, 5);
  });
}
