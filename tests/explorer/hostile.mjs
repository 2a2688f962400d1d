// Links of nonsense and script, a browser without WebAssembly or storage, a damaged page, bad files: a clear
// sentence each time, nothing lost, nothing run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { check, fail, idle, open, text } from './browser.mjs';

const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const RANDOM_LINKS = 40;

const fragment = (value, version = 1) =>
  `#v${version}.${Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')}`;

const state = (change) => ({
  lesson: 'calcium_paradox', own: null, arm: 'calcium_d', settings: { mk7_supplement: 90 }, frozen: [], set: 'file',
  tab: 'paradox', dial: 'mk7_supplement', shown: [], ...change,
});

/** The same numbers on each day. */
function* numbers(seed) {
  for (let now = seed; ;) {
    now = (now * 1664525 + 1013904223) % 4294967296;
    yield now / 4294967296;
  }
}

function randomLinks() {
  const next = numbers(20261128), roll = (below) => Math.floor(next.next().value * below);
  const good = fragment(state({}));
  return Array.from({ length: RANDOM_LINKS }, (_, kind) => {
    if (kind % 3 === 0) return `#${Array.from({ length: roll(200) }, () => String.fromCharCode(33 + roll(90))).join('')}`;
    const at = 4 + roll(good.length - 4);
    if (kind % 3 === 1) return good.slice(0, at) + String.fromCharCode(65 + roll(26)) + good.slice(at + 1);
    return good.slice(0, at);
  });
}

const refusedLinks = [
  '#v1.', '#v1.!!!!', '#v99.e30', '#<script>alert(1)</script>', '#v1.gICAgA', fragment('null'), fragment('[]'), fragment('{"lesson":1}'),
  fragment(state({ lesson: 'no_such_lesson' })), fragment(state({ settings: { no_such_dial: 1 } })), fragment(state({ settings: { mk7_supplement: {} } })),
  fragment(state({ frozen: Array.from({ length: 50 }, () => ({ label: 'x', arm: 'usual', settings: {} })) })),
  fragment(state({ arm: 'x'.repeat(5000) })), fragment('{"__proto__":{"lesson":"calcium_paradox"}}'), `#v1.${'A'.repeat(300_000)}`,
];

/** Links that can be read, but not run. */
const unrunLinks = [state({ arm: 'no_such_arm' }), state({ settings: { duration: 3_652_500 } }), state({ lesson: 'mine', own: { name: 'mine', text: 'title = 7' }, arm: '' })];
/** Numbers that no person has. */
const hugeLinks = [1e101, 1e308, -1e13].map((size) => state({ settings: { mk7_supplement: size, coronary_rate: size } }));

const acceptedLinks = [
  state({ frozen: [{ label: SCRIPT, arm: 'usual', settings: {} }] }), state({ arm: SCRIPT }), state({ tab: SCRIPT, set: SCRIPT, dial: SCRIPT, shown: [SCRIPT] }),
  state({ settings: { mk7_supplement: 1e6 } }), state({ settings: { duration: 3_652_500 } }), state({ settings: { mk7_supplement: SCRIPT } }),
  state({ lesson: SCRIPT, own: { name: SCRIPT, text: `title = '''${SCRIPT}'''\nquestion = '''${SCRIPT}'''\nduration = "2 years"\n` }, arm: '' }),
];

async function links(browser, path) {
  const page = await open(browser, path);
  await page.click('#food-natto-more');
  await idle(page);
  await page.waitForTimeout(400);
  const before = await text(page, '#change');
  for (const link of [...refusedLinks, ...randomLinks()]) {
    const at = link.slice(0, 40);
    await page.evaluate((hash) => { document.querySelector('#trouble').hidden = true; location.hash = hash; }, link);
    await page.waitForTimeout(15);
    await idle(page);
    if (await text(page, '#change') !== before && refusedLinks.includes(link)) fail(`${at}: what was turned is lost`);
    if (refusedLinks.includes(link) && !await page.isVisible('#trouble')) fail(`${at}: nothing is said`);
  }
  await page.context().close();
  for (const link of [refusedLinks[2], refusedLinks[1], refusedLinks[8]]) {
    const fresh = await open(browser, path, { fragment: link });
    check(await fresh.isVisible('#trouble') && await fresh.isVisible('#figure-0 svg'), `${link.slice(0, 20)}: a fresh page says nothing or shows nothing`);
    await fresh.context().close();
  }
}

/** A link that is refused is told; what this device had kept is shown and stays kept. A kept state that is refused is told, too. */
async function refused(browser, path) {
  const page = await open(browser, path);
  await page.click('#food-natto-more');
  await idle(page);
  await page.waitForTimeout(400);
  const address = page.url().replace(/#.*/, '');
  const shows = async (at) => {
    await idle(page);
    check(await page.isVisible('#figure-0 svg') && /natto/.test(await text(page, '#change')), `${at}: what was kept is lost: ${await text(page, '#change')}`);
  };
  for (const value of [...unrunLinks, ...hugeLinks]) {
    const at = JSON.stringify(value).slice(0, 100);
    await page.goto('about:blank');
    await page.goto(address + fragment(value));
    await shows(at);
    check(await page.isVisible('#trouble'), `${at}: nothing is said`);
    await page.goto('about:blank');
    await page.goto(address);
    await shows(`${at}, then without the link`);
  }
  await page.context().close();
  // What an earlier page had kept.
  for (const value of [unrunLinks[0], ...hugeLinks]) {
    const kept = await open(browser, path, { before: `if (!localStorage.getItem('calcifate-explorer')) localStorage.setItem('calcifate-explorer', '${fragment(value)}');` });
    check(await kept.isVisible('#figure-0 svg'), `a kept state that cannot run shows nothing: ${JSON.stringify(value).slice(0, 100)}`);
    await kept.context().close();
  }
}

async function scripts(browser, path) {
  for (const value of acceptedLinks) {
    const page = await open(browser, path, { fragment: fragment(value) });
    check(await page.locator('main img, main script').count() === 0, `markup of a link became elements: ${JSON.stringify(value).slice(0, 80)}`);
    await page.click('#reset');
    await idle(page);
    check(await page.locator('#figure-0 svg').isVisible() && !await page.isVisible('#problem'), `no way back from ${JSON.stringify(value).slice(0, 120)}`);
    await page.context().close();
  }
}

async function withoutEngine(browser, path) {
  const none = await open(browser, path, { waits: false, before: () => { delete globalThis.WebAssembly; } });
  await none.waitForSelector('#trouble:not([hidden])', { timeout: 5000 }).catch(() => fail('no WebAssembly: nothing is said'));
  check(/WebAssembly/.test(await none.textContent('#trouble')), 'no WebAssembly: not named');
  await none.context().close();
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  const html = readFileSync(path, 'utf8');
  const from = html.indexOf('id="engine">') + 12, to = html.indexOf('</script>', from);
  const end = html.lastIndexOf('</script>');
  for (const [name, cut] of Object.entries({ engine: html.slice(0, from + (to - from) / 2), program: html.slice(0, end - 2000) })) {
    const copy = join(folder, `cut_${name}.html`);
    writeFileSync(copy, cut);
    const page = await open(browser, copy, { waits: false });
    check(/cut or damaged/.test(await page.innerText('body')), `a file that is cut in its ${name} says nothing`);
    await page.context().close();
  }
  const damage = { shorter: html.slice(0, from + (to - from) / 2) + html.slice(to), empty: html.slice(0, from) + html.slice(to), other: html.slice(0, from + 5000) + 'AAAA'.repeat(500) + html.slice(from + 7000) };
  for (const [name, broken] of Object.entries(damage)) {
    const copy = join(folder, `${name}.html`);
    writeFileSync(copy, broken);
    const page = await open(browser, copy, { waits: false });
    await page.waitForSelector('#trouble:not([hidden])', { timeout: 10_000 }).catch(() => fail(`a damaged page (${name}) says nothing`));
    check(/damaged/.test(await page.textContent('#trouble')), `a damaged page (${name}) does not say so: ${await page.textContent('#trouble')}`);
    await page.context().close();
  }
  rmSync(folder, { recursive: true, force: true });
}

async function withoutStorage(browser, path) {
  const page = await open(browser, path, { before: () => {
    Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });
  } });
  await page.click('#food-natto-more');
  await idle(page);
  await page.waitForTimeout(400);
  check(/natto/i.test(await text(page, '#change')), 'without storage nothing works');
  check(/keeps nothing/.test(await page.textContent('#kept')), 'without storage nothing is said');
  await page.context().close();
}

/** Files that are opened and files that are saved. */
async function files(browser, path) {
  const page = await open(browser, path, { acceptDownloads: true });
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  const own = async (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    await page.setInputFiles('#open', file);
    await page.waitForTimeout(100);
    await idle(page);
  };
  await page.click('#food-natto-more');
  await idle(page);
  await page.evaluate(() => { document.querySelector('#keep').open = true; });
  for (const [button, ending] of [['save-scenario', 'toml'], ['save-svg', 'svg'], ['save-png', 'png'], ['save-csv', 'csv']]) {
    const [saved] = await Promise.all([page.waitForEvent('download', { timeout: 20_000 }), page.click(`#${button}`)]);
    const file = join(folder, saved.suggestedFilename());
    await saved.saveAs(file);
    check(file.endsWith(`.${ending}`) && readFileSync(file).length > 200, `${button} saves nothing`);
    if (ending === 'toml') sameNumbers(file, await page.textContent('#fingerprint'), folder);
  }
  const kept = await text(page, '#change');
  await own('bad.toml', 'duration = "ten thousand years"\n');
  check(await page.isVisible('#problem') && await text(page, '#change') === kept, 'a bad file is not told, or something is lost');
  await own('own.toml', 'title = "Mine"\nduration = "2 years"\n[person]\nsex = "male"\nage = 60\n');
  check(await page.inputValue('#lesson') === 'own' && await page.inputValue('#dial-age') === '60', 'a file of one’s own is not opened');
  await page.reload();
  await idle(page);
  check(await page.inputValue('#lesson') === 'own', 'a file of one’s own is lost by a reload');
  await page.context().close();
  rmSync(folder, { recursive: true, force: true });
}

/** The command line gives the same numbers. */
function sameNumbers(file, fingerprint, folder) {
  const program = process.env.CALCIFATE;
  if (!program) return;
  const told = execFileSync(resolve(program), ['run', file, '-o', join(folder, 'out'), '--no-figures', '--force'], { encoding: 'utf8' });
  check(told.includes(fingerprint), `the command line has another fingerprint than ${fingerprint}:\n${told.slice(-400)}`);
}

export async function hostile(browser, path) {
  for (const part of [links, refused, scripts, withoutEngine, withoutStorage, files]) {
    await part(browser, path).catch((error) => fail(`${part.name}: ${error.stack.slice(0, 600)}`));
  }
}
