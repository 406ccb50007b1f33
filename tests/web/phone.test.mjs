// Full screen on a phone.
import { assert, test, widget, widgetPage } from './harness.mjs';

const body = '<h1>Page</h1>'.concat('<p>Text of the page.</p>'.repeat(80));
const opened = async (open) => {
  const page = await open(widgetPage({ body }), { phone: true });
  const w = widget(page);
  await w.launcher.tap();
  await w.panel.waitFor();
  return { page, w };
};
const inside = (page) => page.evaluate(() => document.querySelector('immunobot-chat').shadowRoot.activeElement?.id);

test('it fills the screen, is modal, and focus is on the heading', async ({ open }) => {
  const { page, w } = await opened(open);
  const box = await w.panel.boundingBox();
  assert.deepEqual([box.x, box.y, box.width, Math.round(box.height)], [0, 0, 390, 844]);
  assert.equal(await w.panel.getAttribute('aria-modal'), 'true');
  assert.equal(await w.panel.evaluate((node) => node.matches(':modal')), true);
  assert.equal(await inside(page), 'title');
  assert.ok(parseFloat(await w.field.evaluate((node) => getComputedStyle(node).fontSize)) >= 16);
});

test('Back closes it, focus goes to the launcher, and the page is where it was', async ({ open }) => {
  const { page, w } = await opened(open);
  const address = page.url();
  await page.evaluate(() => history.back());
  await w.panel.waitFor({ state: 'hidden' });
  assert.equal(page.url(), address);
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'immunobot-chat');
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
});

test('closing by its button takes its step out of the history', async ({ open }) => {
  const { page, w } = await opened(open);
  await w.chat.getByRole('button', { name: 'Close' }).tap();
  await w.panel.waitFor({ state: 'hidden' });
  await page.waitForTimeout(200);
  await w.launcher.tap();
  await w.panel.waitFor();
  await page.keyboard.press('Escape');
  await w.panel.waitFor({ state: 'hidden' });
  assert.equal(await page.locator('h1').isVisible(), true);
});

test('the page behind does not scroll, and Tab stays inside', async ({ open }) => {
  const { page, w } = await opened(open);
  await page.mouse.move(200, 400);
  await page.mouse.wheel(0, 600);
  await page.waitForTimeout(150);
  assert.equal(await page.evaluate(() => scrollY), 0);
  for (let i = 0; i < 25; ++i) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => ['immunobot-chat', 'body'].includes(document.activeElement.localName)));
  }
  await w.field.tap();
  await page.setViewportSize({ width: 390, height: 420 });   // the keyboard
  await page.waitForTimeout(150);
  const box = await w.field.boundingBox();
  assert.ok(box.y + box.height <= 420, 'the input is above the keyboard');
});

test('removed while open, it gives the page back', async ({ open }) => {
  const { page } = await opened(open);
  await page.evaluate(() => document.querySelector('immunobot-chat').remove());
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  await page.evaluate(() => scrollTo(0, 300));
  assert.equal(await page.evaluate(() => scrollY), 300);
});

test('every target is at least 44 pixels, or 24 in running text', async ({ open }) => {
  const { page, w } = await opened(open);
  await w.field.fill('Who leads CIML and where is it?');
  await w.field.press('Enter');
  await w.answers.first().waitFor();
  await w.answers.first().getByRole('button', { name: 'Not helpful' }).tap();
  for (const field of await w.chat.locator('textarea, input').all()) assert.ok(parseFloat(await field.evaluate((node) => getComputedStyle(node).fontSize)) >= 16, 'it makes the page zoom');
  const small = await page.evaluate(() => [...document.querySelector('immunobot-chat').shadowRoot.querySelectorAll('button, summary, textarea, input')]
    .filter((node) => node.checkVisibility()).map((node) => [node.getAttribute('aria-label') || node.textContent, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name, box]) => `${name} ${box.width}x${box.height}`));
  assert.deepEqual(small, []);
});

// Pages of a document as Chromium prints it.
const printed = async (page) => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;

test('printed by the browser itself, the open conversation goes on over as many pages as it takes', async ({ open }) => {
  const { page, w } = await opened(open);
  await w.ask('Where is CIML?');
  const short = await printed(page);
  for (const body of ['CIML', 'Innate Pharma', 'CRCM', 'MI-mAbs', 'CIPHE', 'AP-HM', 'ImCheck Therapeutics', 'Institut Paoli-Calmettes']) await w.ask(`What is ${body}?`);
  assert.ok(await printed(page) > short, 'a longer conversation takes more pages');
  assert.equal(await w.panel.evaluate((node) => node.matches(':modal')), true);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await w.answers.last().isVisible(), true);
  assert.equal(await w.log.evaluate((node) => node.scrollHeight - node.clientHeight), 0);
  assert.equal(await w.field.isVisible(), false);
});
