// A browser for the tests of pages: how it starts, what no page may do, what axe-core finds.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const require = createRequire(join(process.env.PAGES_MODULES ?? resolve('target/pages'), 'index.js'));
export const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const START = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
};

/**
 * Notes errors, dialogs and every request but that of the page itself.
 * @param {any} page @param {string} address @param {(what: string) => void} fail @param {RegExp} [allowed] addresses inside the page
 */
export function watch(page, address, fail, allowed = /^data:/) {
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) fail(`console: ${message.text()}`); });
  page.on('pageerror', (error) => fail(`script: ${error.stack}`));
  page.on('dialog', (dialog) => { fail(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const url = request.url();
    if (url.replace(/#.*/, '') !== address && !allowed.test(url)) fail(`request: ${url}`);
  });
}

/**
 * What axe-core finds, in a world of its own, to which the policy of the page does not apply.
 * @param {any} page @param {{ opened?: boolean }} [wishes] opened: with every part unfolded
 */
export async function barriers(page, { opened = false } = {}) {
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const run = async (expression) => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', { expression, contextId, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const unfold = (open) => run(`document.querySelectorAll("details").forEach((one) => { one.open = ${open}; })`);
  if (opened) await unfold(true);
  await run(axe);
  const found = await run('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`))');
  if (opened) await unfold(false);
  await client.detach();
  return found;
}
