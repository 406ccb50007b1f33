// Pages that are hard on their guests.
import { addPage, assert, axe, bot, noProblems, test, widget, widgetPage } from './harness.mjs';

const looks = async (page) => {
  await page.locator('immunobot-chat .greeting .chips').waitFor();
  await page.locator('immunobot-chat .legal .person').waitFor();
  return page.evaluate(() => {
    const { shadowRoot } = document.querySelector('immunobot-chat');
    return ['.launcher', '.panel', 'h2', 'textarea', '.send'].map((selector) => {
      const node = shadowRoot.querySelector(selector);
      const style = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      return [selector, style.fontSize, style.fontFamily, style.color, style.backgroundColor, Math.round(box.width), Math.round(innerWidth - box.right), Math.round(innerHeight - box.bottom), style.letterSpacing, style.textTransform, style.direction].join(' ');
    });
  });
};
const plainLook = async (open) => {
  const page = await open(widgetPage());
  await widget(page).open();
  return looks(page);
};

const HOSTS = {
  'rules for everything': '<style>* { all: revert; font: 40px cursive !important; color: red !important; letter-spacing: 5px; box-sizing: content-box } button, textarea, dialog { border: 9px solid red !important; text-transform: uppercase }</style>',
  'a reset': '<style>*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0 } button { all: unset } [hidden] { display: block !important } dialog { display: none !important } h2 { font-size: 60px }</style>',
  'rules for the element itself': '<style>immunobot-chat { display: none !important; position: static !important; opacity: .2; transform: scale(3); font-size: 50px; direction: rtl; width: 900px !important; visibility: hidden; margin: 90px; padding: 90px; border: 5px solid }</style>',
  'a root of 10 pixels': '<style>html { font-size: 10px }</style>',
  'a header above everything': '<style>header { position: fixed; inset: 0 0 auto; height: 80px; z-index: 9999; background: #eee }</style>',
  'a transformed body': '<style>body { transform: translateZ(0); height: 3000px }</style>',
};
for (const [name, head] of Object.entries(HOSTS))
  test(`it looks and works the same on a page with ${name}`, async ({ open }) => {
    const expected = await plainLook(open);
    const page = await open(widgetPage({ head, body: '<header>Header</header><h1>Page</h1><p>Text</p>' }));
    const w = widget(page);
    await w.open();
    assert.deepEqual(await looks(page), expected);
    await w.ask('Where is CIML?');
    noProblems(page);
  });

const linkLook = async (open, host) => {
  const page = await open(widgetPage({ attributes: 'lang="en" mode="link"', body: '<h1>Page</h1><p>Text</p>', ...host }));
  const link = page.locator('immunobot-chat .launcher');
  await link.waitFor();
  noProblems(page);
  return link.evaluate((node) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return [node.localName, node.href, style.fontSize, style.fontFamily, style.color, style.backgroundColor, style.letterSpacing, style.textTransform, Math.round(box.width), Math.round(box.height)].join(' ');
  });
};
for (const [name, head] of Object.entries(HOSTS))
  test(`as a link it looks the same on a page with ${name}`, async ({ open }) => {
    assert.equal(await linkLook(open, { head }), await linkLook(open, {}));
  });

test('a page from right to left', async ({ open }) => {
  const expected = await plainLook(open);
  const page = await open(addPage(`<!doctype html><html lang="ar" dir="rtl"><title>Page</title><script src="${bot.url}/widget.js" defer></script><main><h1>Page</h1></main><immunobot-chat lang="en"></immunobot-chat></html>`));
  await widget(page).open();
  assert.deepEqual(await looks(page), expected);
});

test('a page in quirks mode', async ({ open }) => {
  const page = await open(addPage(`<html lang="en"><title>Page</title><script src="${bot.url}/widget.js" defer></script><main><h1>Page</h1></main><immunobot-chat lang="en"></immunobot-chat></html>`));
  assert.equal(await page.evaluate(() => document.compatMode), 'BackCompat');
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  noProblems(page);
});

test('a page whose libraries add to the objects of the language, and that has another base address', async ({ open }) => {
  const head = '<base href="https://elsewhere.example/"><script>Object.prototype.extend = function () {}; Array.prototype.last = function () { return this[this.length - 1]; }; Object.prototype.onready = 1;</script>';
  const page = await open(widgetPage({ head }));
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Where is CIML?');
  assert.match(await answer.textContent(), /Luminy/);
  assert.equal(await w.chat.locator('[extend], [last]').count(), 0);
  assert.ok(page.asked.every((line) => !line.includes('elsewhere')), page.asked.join());
  noProblems(page);
});

test('no style of its own leaks out', async ({ open }) => {
  const page = await open(widgetPage({ body: '<h1>Page</h1><button>b</button><h2 id="h">h</h2>' }));
  const styles = () => page.evaluate(() => ['body', 'button', '#h'].map((one) => { const s = getComputedStyle(document.querySelector(one)); return [s.font, s.color, s.padding, s.overflow].join(); }));
  const before = await styles();
  await widget(page).open();
  assert.deepEqual(await styles(), before);
});

test('a page without storage', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
  }) });
  const w = widget(page);
  await w.open();
  await w.ask('When was the MI-FHU created?');
  assert.match(await (await w.ask('and where is it?')).textContent(), /MI-FHU|fact/);
  noProblems(page);
});

test('a page in a sandbox', async ({ open }) => {
  const page = await open(widgetPage({ headers: { 'Content-Security-Policy': 'sandbox allow-scripts' } }));
  const w = widget(page);
  await w.open();
  assert.equal(await w.field.isVisible(), true);
  await w.field.fill('Where is CIML?');
  await w.field.press('Enter');
  await w.chat.locator('.fault').waitFor();   // an origin that nobody can allow: told, with the contact
});

test('two of them do not clash', async ({ open }) => {
  const page = await open(widgetPage({ attributes: 'lang="en"', body: '<h1>Page</h1><immunobot-chat mode="inline" lang="en"></immunobot-chat>' }));
  const [inline, bubble] = [page.locator('immunobot-chat').first(), page.locator('immunobot-chat').nth(1)];
  await bubble.locator('.launcher').click();
  await bubble.locator('textarea').fill('Where is CIML?');
  await bubble.locator('textarea').press('Enter');
  await bubble.locator('.log > .theirs:not(.greeting)').waitFor();
  assert.equal(await inline.locator('.log > .theirs:not(.greeting)').count(), 0);
  noProblems(page);
  await axe(page);
});

test('colours that cannot be read are replaced', async ({ open }) => {
  const page = await open(widgetPage({ head: '<style>immunobot-chat { --ib-accent: #ffe680; --ib-on-accent: #fff }</style>' }));
  const w = widget(page);
  await w.open();
  const colour = (part) => part.evaluate((node) => getComputedStyle(node).color);
  assert.equal(await colour(w.launcher), 'rgb(0, 0, 0)');
  assert.equal(await colour(w.chat.locator('.greeting .chips button').first()), 'rgb(27, 38, 46)');
  await w.ask('Where is CIML?');
  await axe(page);
});

test('open from the start on a page with a transformed body, it stands where it always does', async ({ open }) => {
  const expected = await plainLook(open);
  const page = await open(widgetPage({ attributes: 'lang="en" open', head: HOSTS['a transformed body'] }));
  await widget(page).launcher.hover();
  assert.deepEqual(await looks(page), expected);
});
