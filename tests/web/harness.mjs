// What the tests share: the bot, a site of another origin that shows the widget, the browser, axe.
// A test is test('a fact', async ({ open }) => { const page = await open(address, options); ... }).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export { assert };
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const tests = [];
export const witnesses = [];   // functions that tell what they saw, asked when a test has failed
export const bot = { url: '', pid: 0, program: '' };   // http://127.0.0.1:PORT of the bot under test, its process and its file
export const site = { url: '' };   // the same of the site that shows the widget

const LONGEST_TEST = 180000;   // a publication asks all stored questions again, which takes its time where others work too
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'immunobot-web-'));
const added = new Map();
let browser, server, program;

// `alone`: not beside another test, because it measures or needs the focus of the one window.
export const test = (name, run, { alone = false } = {}) => tests.push({ name, run, alone });

// A page of the site made for one test; returns its address. `headers` are those of the answer.
export const addPage = (html, headers = {}) => {
  const path = `/added/${added.size}.html`;
  added.set(path, { html, headers });
  return site.url + path;
};

// A page with the widget on it. `attributes` and `inside` are of the element, `head` and `body` of the page around it.
export const widgetPage = ({ attributes = 'lang="en"', inside = '', head = '', body = '<h1>A page</h1><p>Text of the page.</p>', lang = 'en', headers = {} } = {}) => addPage(
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Page</title>
${head}<script src="${bot.url}/widget.js" defer></script></head><body><main>${body}</main><immunobot-chat ${attributes}>${inside}</immunobot-chat></body></html>`, headers);

const serveSite = () => new Promise((resolve) => {
  server = createServer((request, response) => {
    const path = new URL(request.url, site.url).pathname;
    const file = join(root, 'tests/web/site', path.replace(/[^\w./-]|\.\./g, ''));
    const known = path === '/favicon.ico' ? { html: '', headers: {} } : added.get(path) || (path.endsWith('.html') && existsSync(file) && { html: readFileSync(file, 'utf8'), headers: {} });
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...known?.headers });
    response.end(known ? known.html.replaceAll('https://BOT', bot.url) : 'nothing here');
  }).listen(0, '127.0.0.1', () => { site.url = `http://127.0.0.1:${server.address().port}`; resolve(); });
});

const startBot = (path) => new Promise((resolve, reject) => {
  program = spawn(path, ['serve', '--listen', '127.0.0.1:0', '--database', join(folder, 'bot.db'), '--origin', site.url, '--contact-url', 'https://contact.example.org/'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  bot.pid = program.pid;
  bot.program = path;
  program.on('exit', (code) => reject(new Error(`the bot ended with ${code}`)));
  let said = '';
  program.stdout.on('data', (bytes) => {
    said += bytes;
    bot.url = /http:\/\/\S+/.exec(said)?.[0] || '';
    if (bot.url) resolve();
  });
});

export const begin = async (path) => {
  await serveSite();
  await startBot(path);
  const found = process.env.CHROMIUM || '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath: found, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'] });
};

export const end = async () => {
  await browser.close();
  program.removeAllListeners('exit');
  program.kill('SIGTERM');
  await new Promise((resolve) => program.once('exit', resolve));
  server.close();
  rmSync(folder, { recursive: true, force: true });
};

// Collects errors of the console and of scripts, what a policy is warned of, and requests that failed in page.problems; the requests in
// page.asked. `expected` matches the problems that a test makes on purpose.
const watch = (page, expected) => {
  if (page.problems) return;
  page.problems = [];
  page.asked = [];
  const note = (problem) => { if (!expected?.test(problem)) page.problems.push(problem); };
  page.on('console', (message) => { if (message.type() === 'error' || /content.security|trusted.?type/i.test(message.text())) note(`console: ${message.text()}`); });
  page.on('pageerror', (error) => note(`script: ${error.message}`));
  // One that a test or the page itself gives up has not failed.
  page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') note(`request: ${request.url()} ${request.failure()?.errorText}`); });
  page.on('request', (request) => { if (!request.url().startsWith('data:')) page.asked.push(`${request.method()} ${request.url()}`); });
};

// What no test may leave behind in any of its pages. What could not be loaded is another matter: many tests are about that, and
// those that are not say noProblems().
const unforeseen = (contexts) => contexts.flatMap((context) => context.pages()).flatMap((page) => page.problems || []).filter((one) => !/^request:|Failed to load resource/.test(one));

// Opens an address in a context of its own. Options: width, height, phone, lang, dark, reduced, forced, noScript, before(page), and
// expected: problems that are no fault (see watch()).
const opener = (contexts) => async (address, options = {}) => {
  const phone = Boolean(options.phone);
  const context = await browser.newContext({
    viewport: { width: options.width || (phone ? 390 : 1280), height: options.height || (phone ? 844 : 800) },
    isMobile: phone, hasTouch: phone, locale: options.lang || 'en-GB', timezoneId: 'Europe/Paris', acceptDownloads: true,
    colorScheme: options.dark ? 'dark' : 'light', reducedMotion: options.motion ? 'no-preference' : 'reduce', forcedColors: options.forced ? 'active' : 'none',
    javaScriptEnabled: !options.noScript,
  });
  contexts.push(context);
  context.setDefaultTimeout(8000);
  context.on('page', (page) => watch(page, options.expected));
  const page = await context.newPage();
  watch(page, options.expected);
  if (options.before) await options.before(page, context);
  await page.goto(address);
  return page;
};

// Where the pages of a test that failed stand and what they tell, for what happens on another machine alone.
const left = async (contexts) => {
  const said = [];
  for (const page of contexts.flatMap((context) => context.pages())) {
    const text = await page.locator('[role=alert], #done, h1').allTextContents().catch(() => []);
    said.push(`${page.url()} ${text.map((one) => one.trim()).filter(Boolean).join(' | ').slice(0, 300)}`);
  }
  return [...said, ...witnesses.flatMap((witness) => witness() || [])].join('\n    ');
};

export const runOne = async ({ run }) => {
  const contexts = [];
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('took too long')), LONGEST_TEST); });
  try {
    await Promise.race([run({ open: opener(contexts), browser }), late]);
    assert.deepEqual(unforeseen(contexts), [], 'problems of the pages');
  } catch (problem) {
    throw new Error(`${problem?.stack || problem}`.split('\n').slice(0, 12).join('\n    ') + `\n    ${await left(contexts)}`);
  } finally {
    clearTimeout(timer);
    await Promise.all(contexts.map((context) => context.close().catch(() => {})));
  }
};

// Fails with every violation that axe finds; `include` narrows it to a part of the page.
export const axe = async (page, { include, ignore = [] } = {}) => {
  // Once a page; through the debugger protocol, so no content security policy stops it.
  if (!await page.evaluate(() => Boolean(globalThis.axe))) await page.evaluate(axeSource);
  const found = await page.evaluate(async ({ selector, off }) => {
    const result = await globalThis.axe.run(selector ? { include: [[selector]] } : document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])), resultTypes: ['violations'],
    });
    return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.flat(3).join(' ')} ${node.html.slice(0, 120)}`));
  }, { selector: include, off: ignore });
  assert.deepEqual(found, []);
};

// What of the widget does not show its whole text.
export const cut = (page) => page.evaluate(() => [...document.querySelector('immunobot-chat').shadowRoot.querySelectorAll('button, p, h2, li, summary, label')]
  .filter((node) => node.checkVisibility() && !node.closest('.hide') && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 2) && getComputedStyle(node).display !== 'inline')
  .map((node) => `${node.localName}.${node.className} ${node.textContent.slice(0, 40)} ${node.scrollWidth}x${node.scrollHeight} in ${node.clientWidth}x${node.clientHeight}`));

export const noProblems = (page) => assert.deepEqual(page.problems, []);

// The rules of the widget's own journey, as a visitor takes it.
export const widget = (page) => {
  const chat = page.locator('immunobot-chat').first();
  const self = {
    chat,
    launcher: chat.locator('.launcher'),
    panel: chat.locator('.panel'),
    field: chat.locator('textarea'),
    log: chat.locator('.log'),
    answers: chat.locator('.log > .theirs:not(.greeting)'),
    open: async () => {
      await self.launcher.click();
      await self.panel.waitFor();
    },
    // Asks and waits for what comes: an answer or a fault.
    ask: async (text) => {
      const before = await chat.locator('.log > .theirs:not(.greeting), .log > .fault').count();
      await self.field.fill(text);
      await self.field.press('Enter');
      await chat.locator('.log > .theirs:not(.greeting), .log > .fault').nth(before).waitFor();
      return self.answers.last();
    },
  };
  return self;
};
