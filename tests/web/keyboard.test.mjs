// Everything by keyboard, nothing that holds it.
import { assert, bot, test, widget, widgetPage } from './harness.mjs';

const focused = (page) => page.evaluate(() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node?.getAttribute('aria-label') || node?.id || node?.textContent?.trim() || node?.localName;
});

test('Tab reaches the launcher, Enter opens into the input, Escape goes back to the launcher', async ({ open }) => {
  const page = await open(widgetPage({ body: '<h1>Page</h1><a href="#a">A link</a>' }));
  const w = widget(page);
  await w.launcher.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'A question?');
  assert.equal(await w.launcher.getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'question');
  assert.equal(await w.launcher.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'A question?');
  assert.equal(await w.panel.isVisible(), false);
});

test('Enter sends, Shift+Enter breaks the line, composing never sends, focus stays in the input', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await page.keyboard.type('Where is');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('CIML?');
  assert.equal(await w.field.inputValue(), 'Where is\nCIML?');
  await w.field.evaluate((node) => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })));
  assert.equal(await w.answers.count(), 0);
  await page.keyboard.press('Enter');
  await w.answers.first().waitFor();
  assert.equal(await focused(page), 'question');
  assert.equal(await w.field.inputValue(), '');
});

test('an empty question is told about, and the send button stays enabled', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await page.keyboard.press('Enter');
  await w.chat.getByRole('alert').filter({ hasText: 'Type your question first.' }).waitFor();
  assert.equal(await w.chat.getByRole('button', { name: 'Send', exact: true }).isEnabled(), true);
  await page.keyboard.type('a');
  assert.equal(await w.chat.getByText('Type your question first.').count(), 0);
});

test('everything in the panel is reached by Tab, and Tab leaves it again', async ({ open }) => {
  const page = await open(widgetPage({ body: '<h1>Page</h1><a href="#a">A link</a>' }));
  const w = widget(page);
  await w.open();
  await w.ask('Who leads CIML and where is it?');
  await w.launcher.focus();
  const seen = [];
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press('Tab');
    seen.push(await focused(page));
    if (seen.at(-1) === 'body' || seen.at(-1) === 'A link') break;
  }
  for (const name of ['Français', 'More actions', 'Close', 'Conversation', 'Helpful', 'Not helpful', 'Copy', 'question', 'Send', 'Contact a person (external site, new tab)'])
    assert.ok(seen.some((one) => one === name), `${name} in ${seen.join(' | ')}`);
  assert.ok(seen.some((one) => one.startsWith('Why this answer?')));
  assert.ok(seen.length < 40, `never out: ${seen.join(' | ')}`);
  assert.equal(await page.evaluate(() => [...document.querySelector('immunobot-chat').shadowRoot.querySelectorAll('[tabindex]')].filter((node) => node.tabIndex > 0).length), 0);
});

test('the log scrolls with the keys', async ({ open }) => {
  const page = await open(widgetPage(), { height: 500 });
  const w = widget(page);
  await w.open();
  for (const text of ['Who leads CIML and where is it?', 'What is MI-FHU?', 'Where is CIML?']) await w.ask(text);
  await w.log.focus();
  const top = () => w.log.evaluate((node) => node.scrollTop);
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('immunobot-chat').shadowRoot.querySelector('.log').scrollTop === 0);
  await page.keyboard.press('PageDown');
  await page.waitForTimeout(300);
  assert.ok(await top() > 0);
});

test('chosen chips stay readable and leave the tab order', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  const chips = w.chat.locator('.greeting .chips button');
  await chips.first().waitFor();
  const label = await chips.first().textContent();
  await chips.first().focus();
  await page.keyboard.press('Enter');
  await w.answers.first().waitFor();
  assert.equal(await chips.first().textContent(), `Chosen: ${label}`);
  for (const chip of await chips.all()) {
    assert.equal(await chip.getAttribute('aria-disabled'), 'true');
    assert.equal(await chip.evaluate((node) => node.tabIndex), -1);
  }
});

test('thumbs are two buttons with one choice, changeable, and a reason that nobody must give', async ({ open }) => {
  const page = await open(widgetPage());
  const told = [];
  page.on('request', (request) => { if (request.url().endsWith('/feedback') && request.method() === 'POST') told.push(request.postDataJSON()); });
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Where is CIML?');
  const [yes, no] = ['Helpful', 'Not helpful'].map((name) => answer.getByRole('button', { name, exact: true }));
  await yes.press('Enter');
  await answer.getByRole('status').filter({ hasText: 'Thank you' }).waitFor();
  assert.deepEqual([await yes.getAttribute('aria-pressed'), await no.getAttribute('aria-pressed')], ['true', 'false']);
  await no.press('Enter');
  assert.deepEqual([await yes.getAttribute('aria-pressed'), await no.getAttribute('aria-pressed')], ['false', 'true']);
  await answer.getByLabel('What was missing? (optional)').fill('I meant the hospital');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  assert.deepEqual(told.map(({ helpful, reason }) => [helpful, reason]), [[true, null], [false, null], [false, 'I meant the hospital']]);
});

test('the language is switched by keyboard and the conversation stays', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await w.chat.getByRole('button', { name: 'Français' }).focus();
  await page.keyboard.press('Enter');
  await w.chat.getByRole('button', { name: 'English' }).waitFor();
  assert.equal(await w.answers.count(), 1);
  assert.equal(await w.answers.first().getAttribute('lang'), 'en');
  assert.equal(await w.chat.locator('.root').getAttribute('lang'), 'fr');
  await w.ask('Où est le CIML ?');
  assert.equal(await w.answers.last().getAttribute('lang'), 'fr');
  assert.equal(await w.launcher.textContent(), 'Une question\u202f?');
});

test('type-ahead: arrows lead, Enter asks, Escape closes the list and then the panel', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  const list = w.chat.getByRole('listbox');
  await page.keyboard.type('when');
  await list.waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await w.field.getAttribute('aria-activedescendant'), 'option0');
  assert.equal(await list.locator('#option0').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowUp');
  assert.equal(await w.field.getAttribute('aria-activedescendant'), null);
  await page.keyboard.press('Escape');
  assert.equal(await list.isVisible(), false);
  assert.equal(await w.panel.isVisible(), true);
  await page.keyboard.type(' wa');
  await list.waitFor();
  await page.keyboard.press('ArrowDown');
  const chosen = await list.locator('#option0').textContent();
  await page.keyboard.press('Enter');
  await w.answers.first().waitFor();
  assert.ok((await w.log.textContent()).includes(chosen));
  assert.equal(await w.field.inputValue(), '');
  await page.keyboard.press('Escape');
  assert.equal(await w.panel.isVisible(), false);
});

test('the menu opens, Escape closes it and goes back to its button', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  const more = w.chat.getByRole('button', { name: 'More actions' });
  await more.press('Enter');
  assert.equal(await more.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await more.getAttribute('aria-expanded'), 'false');
  assert.equal(await focused(page), 'More actions');
});

test('a button that goes when it is used hands the focus on', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.addInitScript(() => { window.print = () => dispatchEvent(new Event('afterprint')); }) });
  const w = widget(page);
  await w.open();
  const button = (name) => w.chat.getByRole('button', { name });
  for (const action of ['Download the conversation (.txt)', 'Print the conversation']) {
    await button('More actions').press('Enter');
    await button(action).press('Enter');
    assert.equal(await focused(page), 'More actions', action);
  }
  await page.route('**/api/v1/ask', (route) => route.abort('connectionrefused'));
  await w.ask('Where is CIML?');
  await page.unroute('**/api/v1/ask');
  await button('Try again').press('Enter');
  await w.answers.first().waitFor();
  assert.equal(await focused(page), 'question');
  await page.route('**/api/v1/ask', (route) => route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: { id: 'r', answer: 'An answer.', status: 'answered', lang: 'en', corrections: [{ from: 'CLIM', to: 'CIML' }] } }));
  await w.ask('Where is CLIM?');
  await button(/No, I did write/).press('Enter');
  await w.answers.nth(2).waitFor();
  assert.equal(await focused(page), 'question');
});
