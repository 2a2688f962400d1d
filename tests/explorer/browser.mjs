// A browser for the tests of the explorer: pages that note every error, request and dialog.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { START, chromium, watch } from '../pages/browser.mjs';

export { barriers } from '../pages/browser.mjs';

const PATIENCE_MS = 20_000;

export const wrong = [];
export const fail = (what) => { wrong.push(what); };

/** Notes what is not so. */
export function check(so, what) { if (!so) fail(what); }

export const launch = () => chromium.launch(START);

/**
 * A context with one page of the explorer in it; what goes wrong there is noted.
 * @param {any} browser @param {string} path @param {{ fragment?: string, before?: () => void, quiet?: boolean, [key: string]: unknown }} [wishes]
 */
export async function open(browser, path, { fragment = '', before, waits = true, ...looks } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...looks });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const address = pathToFileURL(resolve(path)).href;
  watch(page, address, fail, /^(data|blob):/);
  await page.goto(address + fragment);
  if (waits) await idle(page);
  return page;
}

/** Waits until everything that was turned is answered. */
export async function idle(page) {
  await page.waitForFunction(() => document.documentElement.dataset.idle === 'true', null, { timeout: PATIENCE_MS })
    .catch(() => fail('the page does not come to rest'));
}

export const text = (page, selector) => page.locator(selector).first().innerText();

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
