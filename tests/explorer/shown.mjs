// What stands in the figures and large numbers: trials of a dial, its present value, both sets, flows that move; memory.
import { check, idle, open, text } from './browser.mjs';

const MOVEMENTS = 600;
/** Movements after which the engine has kept all the runs that it keeps. */
const FIRST_MOVEMENTS = 350;
/**
 * Bytes by which its memory grows at once, for three runs; holes among the kept runs fill late, once in a thousand
 * movements. An engine that lost one run in fifty movements would grow by more in the movements that are looked at.
 */
const ONE_GROWTH = 1_114_112;

async function setDial(page, dial, value) {
  await page.fill(`#dial-${dial}`, String(value));
  await idle(page);
}

/** Trials of MK-7 as dots with their source, and as a table; the present value on the curve. */
async function trials(browser, path) {
  const page = await open(browser, path);
  await page.click('#tab-curve');
  await setDial(page, 'mk7-supplement', 90);
  const drawn = await page.textContent('#figure-0 svg');
  check(/now 90.µg\/day/.test(drawn), 'the curve does not mark the present value of the dial');
  check(/Now, at 90.µg\/day/.test(await page.textContent('#figure-0-words')), 'the words of the curve do not tell the present value');
  check(/published comparisons/.test(await text(page, '#figure-1-title')), 'no figure of published trials');
  const drawing = page.locator('#figure-1 .drawing'), line = page.locator('#figure-1 .values');
  await drawing.evaluate((one) => one.scrollIntoView({ block: 'start', behavior: 'instant' }));
  const box = await drawing.boundingBox();
  const told = new Set();
  for (let across = 2; across < 60; across += 1) {
    await page.mouse.move(box.x + box.width * across / 60, box.y + 100);
    told.add(await line.textContent());
  }
  check([...told].some((one) => /Dalmeijer 2012 \(60 healthy adults 40-65 y, 12 weeks, 180.µg\/day\)/.test(one)), `no source under the pointer: ${[...told].join('; ').slice(0, 300)}`);
  await page.mouse.move(1, 1);
  // The second panel by keys, at 200 of 1,000 µg: the dots near by are told.
  await drawing.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
  check(/Knapen 2013 \(244 postmenopausal women, 3 years, 180.µg\/day\) ?0\.3/.test(await line.textContent()), `no source by keys: ${await line.textContent()}`);
  await page.evaluate(() => { document.querySelectorAll('#more details').forEach((one) => { one.open = true; }); });
  const rows = await page.locator('#numbers .trials tbody tr').allInnerTexts();
  const knapen = rows.find((row) => /Knapen 2013.*Lumbar spine/s.test(row)) ?? '';
  check(rows.length >= 10 && /0\.33 \[0\.17 to 0\.5\]/.test(knapen), `the table of trials lacks Knapen 2013: ${rows.length} rows, ${knapen}`);
  await page.focus('#dial-sex');
  await idle(page);
  check(await page.locator('#numbers .trials').count() === 0, 'trials of another dial stay in the table');
  await page.context().close();
}

/** Under both sets every large number has a line for each, and every figure says its set. */
async function sets(browser, path) {
  const page = await open(browser, path);
  await page.click('#try');
  await idle(page);
  const single = await page.locator('.glance').first().innerText();
  await page.selectOption('#set', 'both');
  await idle(page);
  const glance = await page.locator('.glance').first().innerText();
  check(/paradox\s+68/.test(glance) && /conservative\s+80/.test(glance), `large numbers do not name their set: ${glance}`);
  check(single.includes('68') && !single.includes('paradox'), `one set alone is named: ${single}`);
  await page.click('#tab-curve');
  await idle(page);
  const told = await page.locator('#figures figure:visible figcaption p').allInnerTexts();
  for (const set of ['paradox', 'conservative']) check(told.some((one) => one.startsWith(`set “${set}”`)), `no curve of ${set}: ${told}`);
  await page.context().close();
}

/** Dots move at a speed proportional to the flow; none for those who want none; still where nobody looks. */
async function flow(browser, path) {
  const still = await open(browser, path);
  await still.click('#tab-body');
  await still.waitForTimeout(700);
  check(await still.locator('.flow-dots').count() === 0 && !await still.locator('.flow').first().isVisible(), 'dots move although reduced motion is wished');
  await still.context().close();
  const page = await open(browser, path, { reducedMotion: 'no-preference' });
  await page.click('#tab-body');
  await idle(page);
  await page.waitForSelector('#figure-0 .flow-dots circle', { timeout: 5000 });
  const place = () => page.evaluate(() => [...document.querySelectorAll('#figure-0 .flow-dots circle')].map((dot) => { const { x, y } = dot.getBoundingClientRect(); return [x, y]; }));
  const moved = async () => {
    const before = await place();
    await page.waitForTimeout(600);
    return (await place()).map(([x, y], at) => Math.hypot(x - before[at][0], y - before[at][1]));
  };
  const steps = await moved();
  check(steps.filter((step) => step > 1).length > 3, 'nothing moves in the body map');
  check(steps.some((step) => step < 0.05), 'what trickles into the arteries moves as fast as the rest');
  await page.click('#figure-0 .flow button');
  check((await moved()).every((step) => step === 0), 'the dots cannot be stopped');
  await page.click('#figure-0 .flow button');
  check((await moved()).some((step) => step > 1), 'stopped dots cannot go on');
  await page.setViewportSize({ width: 1440, height: 300 });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(300);
  const paused = await page.evaluate(() => {
    const svg = document.querySelector('#figure-0 svg'), { top, bottom } = svg.getBoundingClientRect();
    return { paused: svg.animationsPaused(), seen: bottom > 0 && top < innerHeight };
  });
  check(paused.seen || paused.paused, 'dots move where nobody looks');
  await page.context().close();
}

/** What is written into fields by hand: nothing, too much, what was there, names that are none. */
async function typed(browser, path) {
  const page = await open(browser, path);
  await setDial(page, 'duration', 10_000);
  check(/0 to 110 years/.test(await text(page, '#dial-duration-remark')), 'ten thousand years are not told');
  await setDial(page, 'duration', 21);
  await setDial(page, 'duration', 20);
  check(await page.locator('#arms .chip').count() === 1, 'a dial that is as it was makes an arm');
  await setDial(page, 'mk7-supplement', 45);
  const past = await page.textContent('#fingerprint');
  await page.evaluate(() => { document.documentElement.dataset.idle = 'untouched'; });
  await page.focus('#dial-duration');
  check(await page.evaluate(() => document.documentElement.dataset.idle) === 'untouched', 'a field that is only left asks the model again');
  await page.evaluate(() => { document.documentElement.dataset.idle = 'true'; });
  check(await page.textContent('#fingerprint') === past, 'a field that is only left changes the result');
  await page.fill('#dial-mk7-supplement', '');
  await page.focus('#dial-duration');
  await idle(page);
  check(await page.inputValue('#dial-mk7-supplement') === '45', 'a field that was emptied does not come back to the number in force');
  check(await page.textContent('#dial-mk7-supplement-remark') === '', 'the remark on a refused number stays when it is gone');
  await page.fill('#dial-name', 'no such dial');
  await page.keyboard.press('Enter');
  check(/no such dial/.test(await page.textContent('#dial-name-remark')), 'a dial that is none is not told');
  await page.fill('#food-name', 'no such food');
  await page.keyboard.press('Enter');
  check(/no such food/.test(await page.textContent('#plate .remark')), 'a food that is none is not told');
  await page.context().close();
}

/** Chart and body map stand beside each other where there is room. */
async function beside(browser, path) {
  const page = await open(browser, path);
  const [chart, body] = [await page.locator('#figure-0').boundingBox(), await page.locator('#figure-body').boundingBox()];
  check(body.x > chart.x + chart.width - 1 && Math.abs(body.y - chart.y) < 5, 'the body map does not stand beside the chart');
  check(body.y < 600, 'the body map is out of sight');
  await page.context().close();
}

/** The memory of the engine stays as it is while a slider moves. */
async function memory(browser, path) {
  const page = await open(browser, path);
  const found = await page.evaluate(async ([movements, first]) => {
    const slider = document.querySelector('#dial-mk7-supplement-slider'), sizes = [];
    const bytes = () => Number(document.documentElement.dataset.engineBytes);
    for (let step = 1; step <= movements; step += 1) {
      slider.value = String(5 * (step % 190));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      while (document.documentElement.dataset.idle !== 'true') await new Promise((resolve) => setTimeout(resolve, 2));
      if (step >= first) sizes.push(bytes());
    }
    return sizes;
  }, [MOVEMENTS, FIRST_MOVEMENTS]);
  const [begin, end] = [found[0], found[found.length - 1]];
  check(begin > 1e6 && end - begin <= ONE_GROWTH, `the engine grows while a slider moves: ${begin} to ${end} bytes in ${MOVEMENTS - FIRST_MOVEMENTS} movements`);
  await page.context().close();
}

export const SHOWN = [trials, sets, flow, typed, beside, memory];
