// Opens pages in headless Chromium, as a reader does: no error, no request, nothing cut, no barrier.
//
//   node tests/pages/check.mjs PAGE.html…        checks
//   node tests/pages/check.mjs --shots DIR PAGE…  also keeps pictures and the print
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { START, barriers, chromium, watch } from './browser.mjs';

const WIDTHS = [320, 360, 820, 1440];
const AXE = [360, 1440];
const LARGEST = 3_000_000;
const paths = process.argv.slice(2);
const shots = paths[0] === '--shots' ? paths.splice(0, 2)[1] : null;
if (shots) mkdirSync(shots, { recursive: true });
if (!paths.length) throw new Error('no page was named');

const wrong = [];
const profile = mkdtempSync(join(tmpdir(), 'pages-'));
const browser = await chromium.launchPersistentContext(profile, { ...START, bypassCSP: false });

for (const path of paths) {
  const name = basename(path, '.html') === 'report' ? basename(resolve(path, '..')) : basename(path, '.html');
  const fail = (what) => wrong.push(`${name}: ${what}`);
  if (statSync(path).size > LARGEST) fail(`${statSync(path).size} bytes`);
  const page = await browser.newPage();
  const address = pathToFileURL(resolve(path)).href;
  watch(page, address, fail);
  for (const scheme of ['light', 'dark']) {
    // The dark has other colors, not other places.
    for (const width of scheme === 'light' || shots ? WIDTHS : AXE) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: width < 700 ? 700 : 900 });
      await page.goto(address);
      await page.evaluate(() => document.fonts.ready);
      const at = `${width} px, ${scheme}`;
      const cut = await page.evaluate(() => {
        const far = [];
        if (document.documentElement.scrollWidth > innerWidth) far.push(`page ${document.documentElement.scrollWidth} wide`);
        for (const one of document.querySelectorAll('main *')) {
          const box = one.getBoundingClientRect();
          if (one.closest('.scroll, .drawing, pre, .unseen') || !box.width) continue;
          if (box.right > innerWidth + 1 || box.left < -1) far.push(`${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`);
        }
        return far.slice(0, 3);
      });
      for (const one of cut) fail(`${at}: cut: ${one}`);
      if (width === 360) {
        const large = await page.evaluate(() => {
          document.documentElement.style.fontSize = '200%';
          const wide = document.documentElement.scrollWidth;
          document.documentElement.style.fontSize = '';
          return wide;
        });
        if (large > width) fail(`${at}, text 200 %: ${large} px wide`);
      }
      if (AXE.includes(width)) {
        for (const one of await barriers(page, { opened: true })) fail(`${at}: axe: ${one}`);
      }
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(address);
  await values(page, fail);
  await printed(page, name, fail);
  await page.close();
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`${paths.length} pages: no error, no request, nothing cut, no barrier`);

// A pointer over a figure and the arrow keys tell values.
async function values(page, fail) {
  for (const drawing of await page.$$('.drawing:has(+ .values)')) {
    const name = await drawing.getAttribute('data-figure');
    const told = () => drawing.evaluate((one) => one.parentElement.querySelector('.values').textContent);
    // What is folded away is looked at unfolded.
    await drawing.evaluate((one) => { for (let fold = one.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true; });
    await drawing.scrollIntoViewIfNeeded();
    const box = await drawing.boundingBox();
    let best = '';
    for (const across of [0.13, 0.3, 0.45]) {
      for (const down of [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) {
        await page.mouse.move(box.x + box.width * across, box.y + box.height * down);
        const text = await told();
        if (text.length > best.length) best = text;
      }
    }
    if (!/\d/.test(best)) fail(`figure ${name}: no value under the pointer`);
    await page.mouse.move(1, 1);
    await drawing.focus();
    await page.keyboard.press('ArrowRight');
    const first = await told();
    await page.keyboard.press('ArrowRight');
    if (!/\d/.test(first) || first === await told()) fail(`figure ${name}: arrow keys tell nothing: ${first}`);
    await page.keyboard.press('Escape');
  }
}

// The first printed page holds question, answer, figure and the disclaimer.
async function printed(page, name, fail) {
  const pdf = join(shots ?? profile, `${name}.pdf`);
  await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true, printBackground: true });
  const first = execFileSync('pdftotext', ['-f', '1', '-l', '1', '-layout', pdf, '-'], { encoding: 'utf8' });
  const plain = (text) => text.replace(/[\s−-]+/g, '').slice(0, 40);
  const wanted = await page.evaluate(() => {
    const handout = document.querySelector('.handout');
    const words = (selector) => [...handout.querySelectorAll(selector)].map((one) => one.textContent);
    return [...words('h1'), ...words('.answer p'), ...words('figcaption h2, figcaption h3'), ...words('.says').slice(0, 4), ...words('.foot')];
  });
  for (const text of wanted) {
    if (!plain(first).length || !first.replace(/[\s−-]+/g, '').includes(plain(text))) fail(`print: page 1 lacks “${text}”`);
  }
  const second = execFileSync('pdftotext', ['-f', '2', '-l', '2', pdf, '-'], { encoding: 'utf8' });
  if (wanted.some((text) => second.replace(/[\s−-]+/g, '').includes(plain(text)) && text.length > 60)) fail('print: the handout goes on to page 2');
}
