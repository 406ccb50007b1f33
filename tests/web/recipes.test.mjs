// The recipes of docs/website.md, each as a page of a site of another origin, and the page for frames.
import { assert, axe, bot, noProblems, site, test, widget } from './harness.mjs';

for (const name of ['plain', 'wordpress-block', 'wordpress-plugin', 'drupal', 'static', 'app', 'server-rendered'])
  test(`the recipe "${name}" works`, async ({ open }) => {
    const page = await open(`${site.url}/${name}.html`);
    const w = widget(page);
    if (name !== 'wordpress-plugin') await w.open();
    const answer = await w.ask('Where is CIML?');
    assert.match(await answer.textContent(), /Luminy/);
    await axe(page, { include: 'immunobot-chat' });
    noProblems(page);
  });

test('the skip link of the documentation opens it, and leads to the plain page without a script', async ({ open }) => {
  const page = await open(`${site.url}/plain.html`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await widget(page).panel.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id), 'question');
  const plain = await open(`${site.url}/plain.html`, { noScript: true });
  await plain.locator('#ask').click();
  assert.equal(new URL(plain.url()).pathname, '/ask');
});

test('in a single-page application the conversation goes on in the next view', async ({ open }) => {
  const page = await open(`${site.url}/app.html`);
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await page.evaluate(() => { location.hash = '#/members'; });
  await page.getByRole('heading', { name: 'Members' }).waitFor();
  await w.open();
  await w.answers.first().waitFor();
  noProblems(page);
});

test('without JavaScript each recipe has its link', async ({ open }) => {
  for (const name of ['plain', 'wordpress-block', 'wordpress-plugin', 'drupal', 'static', 'server-rendered']) {
    const page = await open(`${site.url}/${name}.html`, { noScript: true });
    const link = page.locator('immunobot-chat a');
    assert.equal(await link.isVisible(), true, name);
    assert.match(await link.getAttribute('href'), new RegExp(`^${bot.url}/ask\\?lang=`));
  }
});

test('in a frame it answers too', async ({ open }) => {
  const page = await open(`${site.url}/frame.html`);
  const frame = page.frameLocator('iframe');
  await frame.locator('.greeting .chips').waitFor();
  await frame.locator('textarea').fill('Où est le CIML ?');
  await frame.locator('textarea').press('Enter');
  await frame.locator('.log > .theirs:not(.greeting)').waitFor();
  await axe(page);
  noProblems(page);
});

for (const lang of ['fr', 'en'])
  test(`the page for frames by itself: no violation, nothing stored before a question (${lang})`, async ({ open }) => {
    for (const look of [{ width: 320, height: 560 }, { width: 480, height: 640, dark: true }]) {
      const page = await open(`${bot.url}/embed?lang=${lang}`, look);
      const w = widget(page);
      await w.chat.locator('.greeting .chips').waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
      await axe(page);
      await w.ask('Where is CIML?');
      await axe(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight), 'it scrolls');
      noProblems(page);
    }
  });
