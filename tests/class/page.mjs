// Plays class exercises in headless Chromium, as students do: by mouse, finger and keyboard, saved as files.
//
//   node tests/class/page.mjs FOLDER ANSWERS         FOLDER has the pages, ANSWERS gets the files of the students
//   node tests/class/page.mjs FOLDER ANSWERS --shots DIR  also keeps pictures
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { START, barriers, chromium, watch } from '../pages/browser.mjs';

const [folder, answers, ...rest] = process.argv.slice(2);
const shots = rest[0] === '--shots' ? rest[1] : null;
if (shots) mkdirSync(shots, { recursive: true });
mkdirSync(answers, { recursive: true });

const wrong = [];
const check = (holds, what) => { if (!holds) wrong.push(what); };
const profile = mkdtempSync(join(tmpdir(), 'class-'));
const browser = await chromium.launchPersistentContext(profile, { ...START, acceptDownloads: true, hasTouch: true });

async function open(name, width, scheme = 'light') {
  const page = await browser.newPage();
  const address = pathToFileURL(resolve(folder, `${name}.html`)).href;
  watch(page, address, (what) => wrong.push(`${name}: ${what}`), /^(data|blob):/);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

const dataOf = (page) => page.evaluate(() => JSON.parse(document.getElementById('data').textContent).exercise);
const shot = async (page, name) => {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

/** Nothing is cut, nothing is too small to touch, axe finds no barrier. */
async function sound(page, at) {
  const found = await page.evaluate(() => {
    const far = [];
    if (document.documentElement.scrollWidth > innerWidth) far.push(`page ${document.documentElement.scrollWidth} wide`);
    for (const one of document.querySelectorAll('main *')) {
      const box = one.getBoundingClientRect();
      if (!box.width || one.closest('svg, .unseen, .scroll')) continue;
      if (box.right > innerWidth + 1 || box.left < -1) far.push(`cut: ${one.tagName} ${one.className}`);
      const touched = one.matches('button, a.button, .choice label, #name, textarea, .fields input, summary');
      if (touched && (box.height < 44 || box.width < 44)) far.push(`${box.width} × ${box.height}: ${one.outerHTML.slice(0, 60)}`);
    }
    return far.slice(0, 4);
  });
  for (const one of found) wrong.push(`${at}: ${one}`);
  for (const one of await barriers(page)) wrong.push(`${at}: axe: ${one}`);
}

/** Draws a straight line from the start to a share of the axis, by mouse or finger. */
async function draw(page, section, share, touch) {
  const pad = page.locator(`${section} .pad`);
  await pad.scrollIntoViewIfNeeded();
  const spots = await pad.evaluate((one, share) => {
    const { exercise } = JSON.parse(document.getElementById('data').textContent);
    const step = exercise.steps[Number(one.closest('section').id.split('-')[1])];
    const svg = [...one.querySelectorAll('svg')].find((drawing) => drawing.getBoundingClientRect().width > 0);
    const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
    const { frame: [left, top, right, bottom], y } = step.pad[svg.classList[0]][0];
    const begin = bottom - (step.model[0] - y.low) / (y.high - y.low) * (bottom - top);
    const end = bottom - share * (bottom - top);
    const at = (part) => [box.left + (left + part * (right - left)) * scale, box.top + (begin + part * (end - begin)) * scale];
    return [at(0.05), at(0.5), at(0.995)];
  }, share);
  if (touch) {
    const client = await browser.newCDPSession(page);
    const points = (spot) => [{ x: spot[0], y: spot[1] }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(spots[0]) });
    for (const spot of spots.slice(1)) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(spot) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await client.detach();
    return;
  }
  await page.mouse.move(...spots[0]);
  await page.mouse.down();
  for (const spot of spots.slice(1)) await page.mouse.move(...spot, { steps: 3 });
  await page.mouse.up();
}

async function save(page) {
  let download = null;
  // A busy machine loses the event of a download now and then; a student would press again.
  for (let attempt = 0; attempt < 3 && !download; attempt += 1) {
    const waiting = page.waitForEvent('download', { timeout: 10000 }).catch(() => null);
    await page.click('#save');
    download = await waiting;
  }
  if (!download) throw new Error(`the answers are not saved: ${await page.textContent('#saved')}`);
  const name = download.suggestedFilename();
  await download.saveAs(join(answers, name));
  const text = readFileSync(join(answers, name), 'utf8');
  check(text === await page.inputValue('#saved-text'), `${name}: the file and its text differ`);
  // The next student at the same computer.
  await page.click('#again');
  check(await page.isVisible('#end'), `${name}: one press deletes all answers`);
  await page.click('#again');
  await page.waitForSelector('#step-0 .ask');
  check(await page.inputValue('#name') === '' && await page.isHidden('#end'), `${name}: something stays`);
  return { name, saved: JSON.parse(text) };
}

/** Plays an exercise by mouse or finger; every curve ends at this share of its axis, every choice is the model's or not. */
async function byPointer(name, student, width, { share, right, touch }) {
  const page = await open(name, width);
  const { steps } = await dataOf(page);
  await page.fill('#name', student);
  await shot(page, `${name}-${width}-begin`);
  await sound(page, `${name}, ${width} px, begin`);
  const told = [];
  for (const [index, step] of steps.entries()) {
    const section = `#step-${index}`;
    check(await page.isVisible(section), `${name}: question ${index + 1} is hidden`);
    check(await page.isHidden(`${section} .model`), `${name}: the model answers before the prediction`);
    if (step.task !== 'order') {
      await page.click(`${section} .ask`);
      check(await page.isHidden(`${section} .model`), `${name}: question ${index + 1} is answered without a prediction`);
      check((await page.textContent(`${section} .status`)).length > 10, `${name}: nothing says what is missing`);
    }
    if (step.task === 'draw') await draw(page, section, share, touch);
    if (step.task === 'choose') {
      const choice = right ? step.right : (step.right + 1) % step.options.length;
      const label = page.locator(`${section} .choice label`).nth(choice);
      // A busy machine loses a touch now and then.
      for (let attempt = 0; attempt < 4 && !await label.locator('input').isChecked(); attempt += 1) {
        await label[touch ? 'tap' : 'click']();
        await page.waitForTimeout(200);
      }
    }
    if (step.task === 'order' && right) await sorted(page, section, step);
    await shot(page, `${name}-${width}-${step.name}-before`);
    if (index === 0 || step.task !== 'draw') await sound(page, `${name}, ${width} px, ${step.name}`);
    await page.click(`${section} .ask`);
    check(await page.evaluate(() => document.activeElement.tagName) === 'H3', `${name}: the answer has not the focus`);
    told.push(await page.textContent(`${section} .compared`));
    await shot(page, `${name}-${width}-${step.name}-after`);
    await page.click(`${section} .next`);
  }
  await sound(page, `${name}, ${width} px, end`);
  await shot(page, `${name}-${width}-end`);
  if (name === 'paradox') await explored(page, name, 'calcium_paradox', 'calcium_d_k2');
  if (name === 'hostile') await explored(page, name, 'hostile', 'one');
  const before = await page.textContent('main');
  await page.reload();
  check(await page.textContent('main') === before, `${name}: a reload loses something`);
  const result = await save(page);
  await page.close();
  return { ...result, steps, told };
}

/** The last step opens the explorer with the lesson of the exercise, where the program has it. */
async function explored(page, name, lesson, arm) {
  const link = page.locator('#end a.button');
  if (await link.count() === 0) return;
  const explorer = await browser.newPage();
  explorer.on('pageerror', (error) => wrong.push(`${name}: explorer: ${error.message}`));
  await explorer.goto(new URL(await link.getAttribute('href'), page.url()).href);
  await explorer.waitForSelector('#page:not([hidden])', { timeout: 60000 });
  // The page is there before the engine has answered.
  await explorer.waitForFunction(() => document.getElementById('lesson').value, null, { timeout: 60000 });
  const told = await explorer.evaluate(() => ['lesson', 'arm'].map((id) => document.getElementById(id).value));
  check(told.join() === [lesson, arm].join(), `${name}: the explorer opens ${told}`);
  check(await explorer.isHidden('#trouble'), `${name}: explorer: ${await explorer.textContent('#trouble')}`);
  if (shots) await explorer.screenshot({ path: join(shots, `${name}-explorer.png`) });
  await explorer.close();
}

/** Puts the arms into the order of the model by the buttons. */
async function sorted(page, section, step) {
  for (let round = 0; round < step.ranks.length ** 2; round += 1) {
    const places = await page.locator(`${section} .order li`).evaluateAll((all) => all.map((one) => Number(one.dataset.position)));
    const at = places.findIndex((position, place) => place > 0 && step.ranks[position] < step.ranks[places[place - 1]]);
    if (at < 0) return;
    await page.locator(`${section} .order li`).nth(at).locator('button').first().click();
  }
}

/** Plays an exercise by the keyboard alone; a curve has its end one fiftieth of the axis above the model's. */
async function byKeyboard(name, student) {
  const page = await open(name, 820, 'dark');
  const { steps } = await dataOf(page);
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const reach = async (selector) => {
    for (let count = 0; count < 80; count += 1) {
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
      await press('Tab');
    }
    wrong.push(`${name}: ${selector} is not reached by Tab`);
  };
  await reach('#name');
  await page.keyboard.type(student);
  for (const [index, step] of steps.entries()) {
    const section = `#step-${index}`;
    if (step.task === 'draw') {
      await reach(`${section} .pad`);
      const fine = (step.high - step.low) / 100;
      const steps = Math.round((step.model.at(-1) - step.model[0]) / fine) + 2;
      await press('End', 'ArrowUp', 'ArrowDown', ...Array(Math.abs(steps)).fill(steps > 0 ? 'ArrowUp' : 'ArrowDown'));
      const told = await page.getAttribute(`${section} .pad`, 'aria-valuetext');
      check(told.startsWith(step.timeWords.at(-1)) && /\d/.test(told), `${name}: the slider says ${told}`);
    }
    if (step.task === 'order') {
      await reach(`${section} .order li:last-child button:first-of-type`);
      await press('Enter');
      check(/place/.test(await page.textContent(`${section} .status`)), `${name}: a move is not told`);
      await press('Enter');
    }
    if (step.task === 'choose') {
      await reach(`${section} .choice input`);
      await press('Space', 'ArrowDown');
    }
    await reach(`${section} .ask`);
    await press('Enter');
    await reach(`${section} .next`);
    await shot(page, `${name}-820-dark-${step.name}`);
    if (index === 0) await sound(page, `${name}, dark`);
    await press('Enter');
  }
  await reach('#save');
  const result = await save(page);
  await page.close();
  return { ...result, steps };
}

const mouse = await byPointer('paradox', 'Ada', 1440, { share: 0.9, right: false, touch: false });
check(Object.keys(mouse.saved.answers).length === mouse.steps.length, 'paradox: a step is not saved');
check(mouse.saved.answers.score.curve.length === 11, 'paradox: a curve has other times');
check(/not|more than a tenth/.test(mouse.told[0]), `paradox: a curve far off is called: ${mouse.told[0]}`);
const finger = await byPointer('paradox', 'Bob <b>', 360, { share: 0.44, right: true, touch: true });
check(finger.saved.name === 'Bob <b>' && finger.name === 'paradox-Bob_b.json', `paradox: the file is ${finger.name}`);
check(finger.told.slice(2).every((text) => !/otherwise|another/.test(text)), `paradox: right answers are called ${finger.told}`);
await byPointer('blood_calcium', 'Cleo', 320, { share: 0.4, right: true, touch: true });
const hostile = await byPointer('hostile', '</script>', 360, { share: 0.5, right: false, touch: false });
const [, own, model] = /ends at (.*?), the model’s at (.*?)\. /.exec(hostile.told[0]) ?? [];
check(own && own !== model, `hostile: values far apart read alike: ${hostile.told[0]}`);
const keys = await byKeyboard('plaque', 'Dora');
const [first] = keys.steps;
const end = keys.saved.answers.late.curve.at(-1);
check(Math.abs(end - first.model.at(-1)) < 0.04 * (first.high - first.low), `plaque: by the keyboard the curve ends at ${end}`);
await byKeyboard('gatekeeper', 'Emil');

// Answers that were kept by another page or by nobody.
const page = await open('paradox', 820);
for (const kept of ['{', '[]', '{"answers":{"score":[1]},"shown":9}', '{"answers":{"__proto__":1,"blood":99},"shown":-1,"name":7}']) {
  await page.evaluate((text) => {
    const { exercise } = JSON.parse(document.getElementById('data').textContent);
    localStorage.setItem(`calcifate class ${exercise.exercise} ${exercise.digest}`, text);
  }, kept);
  await page.reload();
  check(await page.isVisible('#step-0 .ask') && await page.isHidden('#step-0 .model'), `kept ${kept}: not at the beginning`);
}
await page.emulateMedia({ media: 'print' });
check(await page.isVisible('#step-4') && await page.isHidden('#step-4 .model'), 'print: no worksheet');
await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
const filter = await page.locator('.drawing-of').first().evaluate((one) => getComputedStyle(one).filter);
check(filter === 'none', `print from the dark: drawings have the filter ${filter}`);
check(await page.locator('#cut').count() === 0, 'a whole file calls itself cut');
await page.close();
// A file that lacks its end says so.
const whole = readFileSync(resolve(folder, 'paradox.html'), 'utf8');
writeFileSync(resolve(folder, 'cut.html'), whole.slice(0, whole.lastIndexOf('</script>') - 2000));
const cut = await open('cut', 360);
check(/cut or damaged/.test(await cut.innerText('main')), 'a file that is cut says nothing');
await cut.close();
rmSync(resolve(folder, 'cut.html'));

// A stranger's files, for the collection.
writeFileSync(join(answers, 'one_point.json'), JSON.stringify({ ...mouse.saved, name: 'Fay', answers: { score: { curve: [1] } } }));
await browser.close();
rmSync(profile, { recursive: true, force: true });
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('6 exercises played: no error, no request, nothing cut, no barrier');
