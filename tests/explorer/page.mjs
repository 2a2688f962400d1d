// The explorer as a reader meets it: pointer, touch and keyboard, what it keeps, what it refuses, for everyone.
//
//   node tests/explorer/page.mjs EXPLORER.html               checks
//   node tests/explorer/page.mjs --only memory,flow EXPLORER.html
//   node tests/explorer/page.mjs --shots DIR EXPLORER.html   also keeps pictures
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { barriers, check, cutOrSmall, fail, idle, launch, open, text, wrong } from './browser.mjs';
import { hostile } from './hostile.mjs';
import { SAID } from './said.mjs';
import { SHOWN } from './shown.mjs';

const args = process.argv.slice(2);
const only = args[0] === '--only' ? args.splice(0, 2)[1].split(',') : null;
const shots = args[0] === '--shots' ? args.splice(0, 2)[1] : null;
const [path] = args;
if (!path) throw new Error('no page was named');
if (shots) mkdirSync(shots, { recursive: true });

const number = async (page, place) => Number((await text(page, `.glance:nth-child(${place}) .value`)).replace('−', '-'));
const turned = (page) => page.evaluate(() => document.querySelector('#fingerprint').textContent);

/** Someone who has never seen it adds natto to 1,000 mg of calcium. */
async function firstMinute(browser) {
  const page = await open(browser, path);
  const [artery, neck] = [await number(page, 1), await number(page, 2)];
  check(await page.inputValue('#dial-calcium-supplement') === '1000', 'the page does not open with 1,000 mg of calcium from pills');
  await page.click('#food-natto-more');
  await idle(page);
  const sentence = await text(page, '#change');
  check(/natto/i.test(sentence) && /coronary/i.test(sentence) && /femoral neck/i.test(sentence), `sentence: ${sentence}`);
  check(await number(page, 1) < artery && await number(page, 2) > neck, 'natto spares no artery and no bone');
  check(/natto/.test(await page.textContent('#figure-0 svg')), 'the figure has no arm with natto');
  await page.waitForFunction(() => document.querySelector('#announced').textContent !== '', null, { timeout: 3000 })
    .catch(() => fail('the sentence is not announced'));
  await page.context().close();
}

/** The same on a phone: one tap, and the answer stands in the first screen. */
async function firstTap(browser) {
  const page = await open(browser, path, { viewport: { width: 360, height: 760 }, hasTouch: true, isMobile: true });
  check(/1000.mg/.test(await text(page, '#change')), 'the page does not say that it opens with 1000 mg of calcium');
  await page.tap('#try');
  await idle(page);
  check(/natto/i.test(await text(page, '#change')) && !await page.isVisible('#try'), 'a tap on the offer adds no natto');
  const ends = await page.evaluate(() => ['#change', '#glance'].map((one) => document.querySelector(one).getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]));
  check(ends.every(([top, bottom]) => top >= 0 && bottom < 500), `the answer is not what first meets the eye: ${JSON.stringify(ends)}`);
  await page.context().close();
}

async function keyboard(browser) {
  const page = await open(browser, path);
  const before = await turned(page);
  await page.focus('#dial-mk7-supplement-slider');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  await idle(page);
  check(Number(await page.inputValue('#dial-mk7-supplement')) > 0, 'arrow keys move no slider');
  check(await turned(page) !== before, 'a moved slider changes no result');
  await page.focus('#dial-mk7-supplement');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('180');
  await idle(page);
  check(await page.inputValue('#dial-mk7-supplement-slider') === '180', 'the slider does not follow the number');
  const good = await turned(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('99999999');
  await idle(page);
  check(await page.getAttribute('#dial-mk7-supplement', 'aria-invalid') === 'true', 'a refused number is not marked');
  check(/takes/.test(await text(page, '#dial-mk7-supplement-remark')), 'a refused number is not explained');
  check(await turned(page) === good || /9999/.test(await turned(page)) === false, 'a refused number is in force');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2000');
  await idle(page);
  check(/Implausible/.test(await text(page, '#dial-mk7-supplement-remark')), 'an implausible number is not said');
  await page.click('#undo');
  await idle(page);
  await page.focus('#arms button');
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('Control+z');
  await idle(page);
  check(await turned(page) === before, 'undo does not come back to the beginning');
  await page.keyboard.press('Control+Shift+z');
  await idle(page);
  check(await turned(page) !== before, 'redo does nothing');
  await page.context().close();
}

/** Every tab by its arrow key, values by pointer and key. */
async function figures(browser) {
  const page = await open(browser, path);
  await page.click('#food-natto-more');
  await idle(page);
  await page.focus('#tab-paradox');
  for (const tab of ['body', 'timeline', 'curve', 'fate', 'calcium', 'balance', 'why', 'paradox']) {
    await page.keyboard.press('ArrowRight');
    await idle(page);
    check(await page.getAttribute(`#tab-${tab}`, 'aria-selected') === 'true', `the arrow key does not choose ${tab}`);
    check(!await page.isVisible('#problem'), `${tab}: ${await page.textContent('#problem')}`);
    if (tab === 'balance') check(/closes/.test(await text(page, '#balance')), 'no certificate of the balance');
    else check(await page.locator('#figure-0 svg').isVisible(), `${tab}: no drawing`);
    if (['body', 'balance'].includes(tab)) continue;
    await values(page, tab);
  }
  await page.context().close();
}

async function values(page, tab) {
  const drawing = page.locator('#figure-0 .drawing');
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  let best = '';
  for (const across of [0.2, 0.3, 0.45]) {
    for (const down of [0.2, 0.35, 0.5]) {
      await page.mouse.move(box.x + box.width * across, box.y + box.height * down);
      const told = await page.textContent('#figure-0 .values');
      if (told.length > best.length) best = told;
    }
  }
  check(/\d/.test(best), `${tab}: no value under the pointer`);
  await page.mouse.move(1, 1);
  await drawing.focus();
  await page.keyboard.press('ArrowRight');
  check(/\d/.test(await page.textContent('#figure-0 .values')), `${tab}: arrow keys tell nothing`);
  await page.focus(`#tab-${tab}`);
}

async function touch(browser) {
  const page = await open(browser, path, { viewport: { width: 360, height: 760 }, hasTouch: true, isMobile: true });
  await page.tap('#food-natto-more');
  await idle(page);
  check(/1 ×/.test(await text(page, '.foods .eaten')), 'a tap puts nothing on the plate');
  const glance = await page.locator('#glance').boundingBox();
  check(glance.y >= -1 && glance.y < 300, 'bone and artery are out of sight while foods are tapped');
  const drawing = page.locator('#figure-0 .drawing');
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  await page.touchscreen.tap(box.x + box.width * 0.4, box.y + box.height * 0.5);
  check(/\d/.test(await page.textContent('#figure-0 .values')), 'a tap tells no value');
  await page.context().close();
}

/** Frozen arms, both sets, a preset, any dial by name, the last value. */
async function compare(browser) {
  const page = await open(browser, path);
  for (let arm = 1; arm < 4; arm += 1) {
    await page.click('#food-gouda-more');
    await idle(page);
    await page.click('#freeze');
    await idle(page);
  }
  await page.click('#food-gouda-more');
  await idle(page);
  check(await page.locator('#arms .chip').count() === 5, 'there are not four frozen arms and the moving one');
  check(await page.isDisabled('#freeze'), 'a fifth arm can be frozen');
  await page.selectOption('#set', 'both');
  await idle(page);
  check(/conservative/.test(await text(page, '#change')) && /paradox/.test(await text(page, '#change')), 'both sets are not told');
  await page.selectOption('#lesson', 'warfarin');
  await idle(page);
  check(/Warfarin|vitamin K/i.test(await text(page, '#question')), 'the lesson was not loaded');
  await page.click('#undo');
  await idle(page);
  check(await page.inputValue('#lesson') === 'calcium_paradox', 'the lesson cannot be undone');
  await page.fill('#dial-name', 'coronary_rate');
  await page.keyboard.press('Enter');
  check(await page.locator('#dial-coronary-rate').count() === 1, 'no dial by its name');
  await page.context().close();
}

async function lastWins(browser) {
  const page = await open(browser, path);
  await page.evaluate(() => {
    const slider = document.querySelector('#dial-mk7-supplement-slider');
    for (let value = 1; value <= 200; value += 1) {
      slider.value = String(value);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await idle(page);
  const fast = await turned(page), last = await page.inputValue('#dial-mk7-supplement');
  const link = await linkOf(page);
  await page.context().close();
  const fresh = await open(browser, path, { fragment: link });
  check(await fresh.inputValue('#dial-mk7-supplement') === last && await turned(fresh) === fast, 'the last value does not win, or a link does not keep it');
  await fresh.reload();
  await idle(fresh);
  check(await turned(fresh) === fast, 'a reload loses the state of a link');
  await fresh.goto(fresh.url().replace(/#.*/, ''));
  await fresh.reload();
  await idle(fresh);
  check(await turned(fresh) === fast, 'the device does not keep the state');
  await fresh.context().close();
}

async function linkOf(page) {
  await page.waitForTimeout(400);
  return (await page.inputValue('#link')).replace(/^[^#]*/, '');
}

/** Nothing cut, nothing too small, no barrier, at every width, in light and dark, with large text. */
async function everyone(browser) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 360, 820, 1440]) {
      const page = await open(browser, path, { viewport: { width, height: width < 700 ? 760 : 900 }, colorScheme });
      const at = `${width} px, ${colorScheme}`;
      await page.click('#food-natto-more');
      await idle(page);
      if (shots) await page.screenshot({ path: join(shots, `explorer-${width}-${colorScheme}.png`), fullPage: width < 900 });
      await page.evaluate(() => { document.querySelectorAll('details').forEach((one) => { one.open = true; }); });
      for (const one of await cutOrSmall(page)) fail(`${at}: ${one}`);
      if ([360, 1440].includes(width)) for (const one of await barriers(page)) fail(`${at}: axe: ${one}`);
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      for (const one of (await cutOrSmall(page)).filter((found) => !/^small/.test(found))) fail(`${at}, text 200 %: ${one}`);
      await page.context().close();
    }
  }
}

const browser = await launch();
for (const part of [firstMinute, firstTap, keyboard, figures, touch, compare, lastWins, ...SHOWN, ...SAID, everyone, hostile]) {
  if (only && !only.includes(part.name)) continue;
  const before = wrong.length;
  await part(browser, path).catch((error) => fail(`${error.stack.slice(0, 600)}`));
  wrong.splice(before, wrong.length, ...wrong.slice(before).map((one) => `${part.name}: ${one}`));
}
await browser.close();
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('explorer: pointer, touch, keyboard, links, reload, bad input; nothing cut, no barrier');
