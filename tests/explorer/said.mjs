// What the page says and in which colors: both sets, long labels, arms left out, the pair of a lesson, files of figures,
// large text, paper.
import { readFileSync } from 'node:fs';
import { check, fail, idle, open, text } from './browser.mjs';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

/** The first answer names its hypothesis set and says what the other one makes of it; the focus goes there. */
async function disputed(browser, path) {
  const page = await open(browser, path);
  await page.click('#try');
  await idle(page);
  const told = await page.locator('#change span').allInnerTexts();
  check(told.length === 2 && /“paradox”.*natto.*2\.9.points more.*46.AU less/.test(told[0]), `the set in force is not told: ${told}`);
  check(/“conservative”.*density hardly differs.*9.AU less/.test(told[1]), `the other set is not told: ${told}`);
  check(/serum calcium hardly differs/.test(told[0]), `less than half a digit is told as a change: ${told[0]}`);
  check(await page.evaluate(() => document.activeElement.id) === 'change', 'the focus is lost with the button');
  await page.context().close();
}

/** An arm has one color: chip, plane, body map, dose and response, causes. */
async function colors(browser, path) {
  const page = await open(browser, path);
  await page.click('#food-natto-more');
  await idle(page);
  await page.click('#freeze');
  await idle(page);
  await page.click('#food-gouda-more');
  await idle(page);
  const chips = await page.locator('#arms .swatch').evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  const inks = (place, names) => page.evaluate(([place, names]) => names.map((name) => {
    const label = [...document.querySelectorAll(`${place} text`)].find((one) => one.textContent === name);
    return label && getComputedStyle(label).fill;
  }), [place, names]);
  const [natto] = await inks('#figure-body', ['calcium + D3 + natto 50 g/day']);
  check(natto === chips[1], `natto is ${natto} in the body map and ${chips[1]} in its chip`);
  check(new Set(chips).size === 3, `two chips have one color: ${chips}`);
  await page.context().close();
}

/** Nothing is cut within a word, nothing that was turned goes unsaid. */
async function labels(browser, path) {
  const page = await open(browser, path);
  for (const food of ['natto', 'gouda', 'whole-milk', 'spinach-with-butter', 'egg-yolk']) await page.click(`#food-${food}-more`);
  await idle(page);
  const label = await text(page, '#arms .now');
  check(/egg yolk 17 g\/day and \d more$/.test(label) && label.length < 80, `the label of many foods: ${label}`);
  check(/and \d more: at 70/.test(await text(page, '#change')), `the sentence on many foods: ${await text(page, '#change')}`);
  await page.context().close();
}

/** A lesson opens with the pair that it compares; arms that find no room are named; so under both sets. */
async function pairs(browser, path) {
  const page = await open(browser, path);
  await page.selectOption('#lesson', 'vitamin_d_gatekeeper');
  await page.selectOption('#lesson', 'calcium_paradox');
  await idle(page);
  check(await page.inputValue('#arm') === 'calcium_d_k2' && /natto|K2|MK-7/.test(await text(page, '#change')), `the paradox begins with ${await page.inputValue('#arm')}`);
  check(/than “calcium \+ D3”/.test(await text(page, '.glance')), `the paradox is compared with another arm: ${await text(page, '.glance')}`);
  await page.selectOption('#lesson', 'stiff_arteries');
  await idle(page);
  check(!/person:/.test(await text(page, '#change')), `a cause says nothing: ${await text(page, '#change')}`);
  await page.selectOption('#lesson', 'natto_and_cheese');
  await idle(page);
  check(/more arms than can be shown/.test(await text(page, '#warnings')), 'two arms of a lesson are left out unsaid');
  check(/Up to 4 arms/.test(await text(page, '#arms')), 'the limit of frozen arms is not told as text');
  await page.selectOption('#set', 'both');
  await page.click('#tab-body');
  await idle(page);
  check(/left out: 2/.test(await text(page, '#warnings')), `arms left out under both sets go unsaid: ${await text(page, '#warnings')}`);
  const sets = await page.locator('#figures figure:visible figcaption p').allInnerTexts();
  check(sets.length === 2 && /“paradox”/.test(sets[0]) && /“conservative”/.test(sets[1]), `body maps of both sets: ${sets}`);
  await page.context().close();
}

/** The figure in view is the one that is saved. */
async function saved(browser, path) {
  const page = await open(browser, path, { acceptDownloads: true });
  await page.click('#food-natto-more');
  await idle(page);
  await page.evaluate(() => { document.querySelector('#keep').open = true; });
  for (const [tab, count] of [['paradox', 1], ['curve', 2], ['why', 4], ['timeline', 1], ['balance', 0]]) {
    if (tab === 'curve') await page.focus('#dial-mk7-supplement');
    await page.click(`#tab-${tab}`);
    await idle(page);
    const shown = await page.locator('#figures figure:visible h2').allInnerTexts();
    const files = [];
    page.on('download', (file) => files.push(file));
    await page.evaluate(() => { document.querySelector('#kept').textContent = ''; });
    await page.click('#save-svg');
    await page.waitForFunction(() => document.querySelector('#kept').textContent !== '', null, { timeout: 90_000 }).catch(() => fail(`${tab}: nothing is saved`));
    await page.waitForTimeout(500);
    page.removeAllListeners('download');
    check(tab === 'balance' || shown.length === files.length, `${tab}: ${shown.length} figures in view, ${files.length} files`);
    check(files.length === count, `${tab}: ${files.length} files instead of ${count}`);
    for (const [at, file] of files.entries()) {
      const written = readFileSync(await file.path(), 'utf8').replace(/<[^>]*>/g, '').replace(/\s/g, '');
      check(written.includes(shown[at].replace(/\s/g, '').slice(0, 12)), `${tab}: file ${at} is another figure than “${shown[at]}”`);
    }
  }
  check(/no figure/.test(await page.textContent('#kept')), 'the balance is saved as a figure');
  await page.context().close();
}

/** Text at 200 % on a small phone leaves room for what is tapped, and nothing with the focus stands behind the numbers. */
async function largeText(browser, path) {
  for (const size of ['100%', '200%']) {
    const page = await open(browser, path, PHONE);
    await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, size);
    await page.tap('#try');
    await idle(page);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    for (const id of ['dial-age', 'food-gouda-more', 'tab-body']) {
      await page.focus(`#${id}`);
      await page.evaluate((id) => document.getElementById(id).scrollIntoView({ block: 'start', behavior: 'instant' }), id);
      const [glance, own] = await page.evaluate((id) => ['glance', id].map((one) => document.getElementById(one).getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]), id);
      check(glance[1] <= 640 / 3 + 1, `text ${size}: the numbers cover ${glance[1]} of 640 px`);
      check(own[0] >= glance[1] - 1, `text ${size}: ${id} stands behind the numbers`);
    }
    await page.context().close();
  }
}

/** On paper: one body map less, figures no taller than half a page. */
async function paper(browser, path) {
  const page = await open(browser, path);
  await page.emulateMedia({ media: 'print' });
  const tall = await page.locator('#figures svg').first().evaluate((one) => one.getBoundingClientRect().height);
  check(!await page.isVisible('#beside') && tall <= 130 * 96 / 25.4 + 1, `on paper the figure is ${tall} px tall`);
  const foot = await page.evaluate(() => getComputedStyle(document.querySelector('.top'), '::after').content);
  check(/not medical advice/.test(foot), `the first page on paper has no disclaimer: ${foot}`);
  await page.context().close();
}

/** Names that people use, numbers too large, and a remark in the words of the page. */
async function words(browser, path) {
  const page = await open(browser, path);
  await page.fill('#dial-name', 'season');
  await page.keyboard.press('Enter');
  await idle(page);
  check(await page.locator('#dial-sun-season').count() === 1, 'no dial is called season');
  await page.fill('#dial-age', '99');
  await idle(page);
  check(/99/.test(await text(page, '#warnings, #problem:visible')) && !/--set/.test(await text(page, 'main')), `a remark names an option of the command line: ${await text(page, '#warnings')}`);
  await page.fill('#dial-age', '1e308');
  await idle(page);
  check(await page.getAttribute('#dial-age', 'aria-invalid') === 'true', '1e308 is no age');
  await page.context().close();
}

export const SAID = [disputed, colors, labels, pairs, saved, largeText, paper, words];
