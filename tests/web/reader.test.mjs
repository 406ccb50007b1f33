// What a screen reader is given: the accessibility tree and the live region.
import { assert, test, widget, widgetPage } from './harness.mjs';

const tree = async (page) => {
  const debug = await page.context().newCDPSession(page);
  const { nodes } = await debug.send('Accessibility.getFullAXTree');
  await debug.detach();
  return nodes.filter((node) => !node.ignored).map((node) => ({
    role: node.role?.value, name: node.name?.value || '',
    ...Object.fromEntries((node.properties || []).map((one) => [one.name, one.value?.value])),
  }));
};
// Everything that the live region ever said.
const listen = (page) => page.evaluate(() => {
  window.said = [];
  const live = document.querySelector('immunobot-chat').shadowRoot.querySelector('[aria-live=polite]');
  new MutationObserver(() => { if (live.textContent) window.said.push(live.textContent); }).observe(live, { childList: true, characterData: true, subtree: true });
});
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ').trim();

test('one named log, a dialog named by its heading, a labelled input', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  let nodes = await tree(page);
  const of = (role) => nodes.filter((node) => node.role === role);
  for (let tries = 0; tries < 50 && of('article').length < 3; tries++) {   // the tree follows the page a moment later
    await page.waitForTimeout(100);
    nodes = await tree(page);
  }
  assert.deepEqual(of('log').map((node) => node.name), ['Conversation']);
  assert.deepEqual(of('dialog').map((node) => [node.name, Boolean(node.modal)]), [['Automatic assistant', false]]);
  assert.deepEqual(of('textbox').filter((node) => node.name !== '').map((node) => node.name).slice(-1), ['Your question']);
  assert.equal(of('article').length, 3);
  const unnamed = of('button').filter((node) => !node.name.trim());
  assert.deepEqual(unnamed, []);
});

for (const [lang, questions] of [['en', ['Where is CIML?', 'Who leads CIML and where is it?', 'What is it?', 'What is the share price of Innate Pharma?', 'Hello']], ['fr', ['Où est le CIML ?', 'Bonjour']]])
  test(`each answer is said once, whole, and then gone (${lang})`, async ({ open }) => {
    const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang }));
    const w = widget(page);
    await w.open();
    await listen(page);
    for (const question of questions) {
      await page.evaluate(() => { window.said = []; });
      const answer = await w.ask(question);
      const text = plain(await answer.locator('.text').innerText());
      await page.waitForFunction(() => document.querySelector('immunobot-chat').shadowRoot.querySelector('[aria-live=polite]').textContent === '' && window.said.length);
      const said = (await page.evaluate(() => window.said)).map(plain);
      assert.deepEqual(said.filter((one) => !/^(The assistant is looking|L’assistant cherche)/.test(one)), [text]);
    }
    assert.equal(await w.log.getAttribute('aria-live'), 'off');
  });

test('a restored conversation is not said again', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await page.reload();
  await w.launcher.click();
  await w.panel.waitFor();
  await listen(page);
  await w.answers.first().waitFor();
  await page.waitForTimeout(400);
  assert.deepEqual(await page.evaluate(() => window.said), []);
  assert.equal(await w.chat.locator('.mine p').textContent(), 'Where is CIML?');
  assert.equal(await w.chat.getByText('Your conversation, continued').count(), 1);
  const atEnd = () => w.log.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 24);
  for (let tries = 0; tries < 50 && !(await atEnd()); tries++) await page.waitForTimeout(100);
  const where = await w.log.evaluate((node) => [node.scrollHeight, node.scrollTop, node.clientHeight]);
  assert.ok(await atEnd(), `scrolled to the end: ${where}`);
});

test('an arriving answer moves no focus, and tells a reader further up that it is there', async ({ open }) => {
  const page = await open(widgetPage(), { height: 520 });
  const w = widget(page);
  await w.open();
  await w.ask('Who leads CIML and where is it?');
  await w.ask('What is MI-FHU?');
  let go;
  await page.route('**/api/v1/ask', async (route) => { await new Promise((resolve) => { go = resolve; }); await route.continue(); });
  await w.field.fill('Where is CIML?');
  await w.field.press('Enter');
  await page.waitForTimeout(400);
  await w.log.focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('immunobot-chat').shadowRoot.querySelector('.log').scrollTop === 0);
  go();
  await w.answers.nth(2).waitFor();
  await w.chat.getByRole('button', { name: 'New answer' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'log top'.replace(' top', ''));
  assert.equal(await w.log.evaluate((node) => node.scrollTop), 0);
  await w.chat.getByRole('button', { name: 'New answer' }).click();
  assert.equal(await w.chat.getByRole('button', { name: 'New answer' }).count(), 0);
});

test('choices that the answer has introduced have no second heading, others have one', async ({ open }) => {
  const page = await open(widgetPage({ attributes: 'lang="fr"', lang: 'fr' }));
  const w = widget(page);
  await w.open();
  const lost = await w.ask('Téléphone de Marseille Immunopôle');
  assert.match(await lost.locator('.text').textContent(), /:$/);
  assert.ok(await lost.locator('.chips button').count());
  assert.equal(await lost.locator('.label').count(), 0);
  const found = await w.ask('Où se trouve le siège d’Innate Pharma ?');
  assert.equal(await found.locator('.label').textContent(), 'À voir aussi');
  assert.doesNotMatch(await found.locator('.text').textContent(), /'/);
});

test('messages carry their language, speaker and time', async ({ open }) => {
  const page = await open(widgetPage({ attributes: 'lang="fr"', lang: 'fr' }));
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Where is CIML located?');
  assert.equal(await answer.getAttribute('lang'), 'en');
  assert.match(await answer.locator('h3').textContent(), /^Assistant: \d\d:\d\d$/);
  assert.equal(await w.chat.locator('.mine p').getAttribute('lang'), 'en');
  assert.match(await w.chat.locator('.mine h3').textContent(), /^Vous\u00a0: \d\d:\d\d$/);
});
