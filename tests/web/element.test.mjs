// The element as a web manager uses it: attributes, methods, events, where it may stand.
import { addPage, assert, bot, noProblems, test, widget, widgetPage } from './harness.mjs';

test('unknown values fall back, with one warning each', async ({ open }) => {
  const warnings = [];
  const page = await open(widgetPage({ attributes: 'lang="de" mode="popup" position="top"' }), { before: (tab) => tab.on('console', (message) => { if (message.type() === 'warning') warnings.push(message.text()); }) });
  const w = widget(page);
  await w.open();
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('immunobot-chat'), { lang: 'de' })));
  assert.equal(await w.launcher.textContent(), 'A question?');
  assert.deepEqual(warnings.filter((text) => text.startsWith('immunobot-chat')).map((text) => text.split(' is ')[0]).sort(), ['immunobot-chat: lang="de"', 'immunobot-chat: mode="popup"', 'immunobot-chat: position="top"']);
});

test('lang=auto takes the nearest language of the page, then the browser\'s', async ({ open }) => {
  const near = await open(widgetPage({ attributes: 'lang="auto"', lang: 'fr' }));
  assert.equal(await widget(near).launcher.textContent(), 'Une question\u202f?');
  const none = await open(addPage(`<!doctype html><html><title>Page</title><script src="${bot.url}/widget.js" defer></script><immunobot-chat></immunobot-chat></html>`), { lang: 'fr-FR' });
  assert.equal(await widget(none).launcher.textContent(), 'Une question\u202f?');
  const other = await open(widgetPage({ attributes: '', lang: 'de' }), { lang: 'de-DE' });
  assert.equal(await widget(other).launcher.textContent(), 'A question?');
});

test('attributes work when they are changed', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  const set = (name, value) => page.evaluate(([n, v]) => { const chat = document.querySelector('immunobot-chat'); v === null ? chat.removeAttribute(n) : chat.setAttribute(n, v); }, [name, value]);
  await set('open', '');
  await w.panel.waitFor();
  await set('lang', 'fr');
  assert.equal(await w.field.getAttribute('placeholder'), 'Écrivez votre question');
  await set('title', 'Le guide');
  assert.equal(await w.chat.locator('h2').textContent(), 'Le guide');
  await set('greeting', 'Bienvenue !');
  await w.chat.locator('.greeting').filter({ hasText: 'Bienvenue' }).waitFor();
  await set('suggestions', 'Où est le CIML ? | Qui dirige le CIML ?');
  await w.chat.locator('.greeting .chips button').nth(1).waitFor();
  assert.deepEqual(await w.chat.locator('.greeting .chips button').allTextContents(), ['Où est le CIML\u202f?', 'Qui dirige le CIML\u202f?']);
  assert.match(await w.chat.locator('.greeting').textContent(), /Bienvenue.*assistant automatique, pas une personne/);
  await set('position', 'left');
  assert.ok((await w.launcher.boundingBox()).x < 40);
  await set('contact-url', 'mailto:team@example.org');
  assert.equal(await w.chat.locator('.legal .person').getAttribute('href'), 'mailto:team@example.org');
  await set('privacy-url', '/privacy');
  assert.equal(await w.chat.locator('.legal').getByRole('link', { name: 'Confidentialité' }).count(), 1);
  await set('notice', 'Sur l\'institut : aucun avis médical.');
  assert.match(await w.chat.locator('.legal p').textContent(), /^Sur l’institut\u00a0: aucun avis médical\. Questions/);
  await set('notice', null);
  await w.chat.locator('.legal p').filter({ hasText: 'Informations sur le cluster, aucun avis médical.' }).waitFor();
  await set('theme', 'dark');
  assert.equal(await w.panel.evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(20, 25, 30)');
  await set('open', null);
  assert.equal(await w.panel.isVisible(), false);
  await set('mode', 'inline');
  await w.panel.waitFor();
  assert.equal(await w.launcher.count(), 0);
  await set('mode', 'link');
  assert.equal(await w.chat.evaluate((node) => getComputedStyle(node).display), 'inline');
  noProblems(page);
});

test('methods and events; no text in the events unless events="full"', async ({ open }) => {
  const page = await open(widgetPage());
  const run = () => page.evaluate(async () => {
    const chat = document.querySelector('immunobot-chat');
    const heard = [];
    for (const name of ['open', 'close', 'question', 'answer', 'error']) document.body.addEventListener(`immunobot:${name}`, (event) => heard.push([name, Object.keys(event.detail), event.composed]), { once: true });
    chat.open();
    await chat.ask('Where is CIML?');
    chat.close();
    await chat.clear();
    return heard;
  });
  assert.deepEqual(await run(), [['open', [], true], ['question', ['length', 'lang'], true], ['answer', ['id', 'status', 'lang', 'intent'], true], ['close', [], true]]);
  await page.evaluate(() => document.querySelector('immunobot-chat').setAttribute('events', 'full'));
  const heard = await run();
  assert.deepEqual(heard[1][1], ['length', 'lang', 'text']);
  assert.deepEqual(heard[2][1], ['id', 'status', 'lang', 'intent', 'answer']);
});

test('the title of the page changes only where the site wants it, only while nobody looks, and back', async ({ open }) => {
  for (const attributes of ['lang="en"', 'lang="en" notify-title']) {
    const page = await open(widgetPage({ attributes }));
    const w = widget(page);
    await w.open();
    const look = (hidden) => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await w.ask('Where is CIML?');
    assert.equal(await page.title(), 'Page');
    await look(true);
    for (const question of ['Who leads CIML?', 'Where is CIML?']) {
      await w.ask(question);
      assert.equal(await page.title(), attributes.includes('notify') ? 'New answer - Page' : 'Page');
    }
    await look(false);
    assert.equal(await page.title(), 'Page');
  }
});

test('it works wherever it stands, and moved while it is open', async ({ open }) => {
  const page = await open(widgetPage({ body: '<h1>Page</h1><section id="there"></section>' }));
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await page.evaluate(() => document.querySelector('#there').append(document.querySelector('immunobot-chat')));
  await w.launcher.click();
  await w.panel.waitFor();
  assert.equal(await w.answers.count(), 1);
  await w.ask('Who leads CIML?');
  noProblems(page);
});

test('made by a script of the page', async ({ open }) => {
  const page = await open(addPage(`<!doctype html><html lang="fr"><title>Page</title><script src="${bot.url}/widget.js" defer></script><script src="${bot.url}/widget.js" defer></script><main><h1>Page</h1></main></html>`));
  await page.evaluate(() => document.body.append(document.createElement('immunobot-chat')));
  await widget(page).open();
  noProblems(page);
});

test('a page that is shown again has the conversation, in another page of the site too', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('When was the MI-FHU created?');
  await page.goto(widgetPage());
  assert.equal(await w.panel.count(), 0, 'it does not open by itself');
  await w.open();
  await w.answers.first().waitFor();
  await w.ask('Where is CIML?');
  assert.equal(await w.answers.count(), 2);
});

test('with persist=day another tab sees it when it is looked at', async ({ open }) => {
  const page = await open(widgetPage({ attributes: 'lang="en" persist="day"' }));
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  const other = await page.context().newPage();
  await other.goto(page.url());
  const there = widget(other);
  await there.open();
  await there.answers.first().waitFor();
  await there.ask('Who leads CIML?');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await w.answers.nth(1).waitFor();
});

test('what stands inside the element shows when the script does not run', async ({ open }) => {
  const page = await open(widgetPage({ inside: `<a href="${bot.url}/ask">Ask a question</a>` }), { noScript: true });
  assert.equal(await page.getByRole('link', { name: 'Ask a question' }).isVisible(), true);
  const running = await open(widgetPage({ inside: `<a href="${bot.url}/ask">Ask a question</a>` }));
  await widget(running).launcher.waitFor();
  assert.equal(await running.getByRole('link', { name: 'Ask a question' }).isVisible(), false);
});

test('a script that closes it does not take the focus; what its style says is checked again', async ({ open }) => {
  const page = await open(widgetPage({ body: '<h1>Page</h1><button id="mine">Mine</button>' }));
  const w = widget(page);
  await w.open();
  const closed = (before) => page.evaluate((script) => {
    if (script) document.querySelector('#mine').focus();
    document.querySelector('immunobot-chat').close();
    return document.activeElement.id || document.activeElement.localName;
  }, before);
  assert.equal(await closed(true), 'mine');
  await w.open();
  assert.equal(await closed(false), 'immunobot-chat');
  const ink = () => w.launcher.evaluate((node) => getComputedStyle(node).color);
  await page.evaluate(() => document.querySelector('immunobot-chat').style.setProperty('--ib-accent', '#ffff00'));
  assert.equal(await ink(), 'rgb(0, 0, 0)');
  await page.evaluate(() => document.querySelector('immunobot-chat').style.setProperty('--ib-accent', '#000080'));
  assert.equal(await ink(), 'rgb(255, 255, 255)');
});

test('removed while an answer is waited for, it ends the request and listens no more', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.addInitScript(() => {
    window.ended = 0;
    const plain = window.fetch;
    window.fetch = (address, options) => {
      if (!String(address).endsWith('/ask')) return plain(address, options);
      options.signal.addEventListener('abort', () => { window.ended += 1; });
      return new Promise((_, failed) => options.signal.addEventListener('abort', () => failed(new DOMException('ended', 'AbortError'))));
    };
  }) });
  const w = widget(page);
  await w.open();
  await w.field.fill('Where is CIML?');
  await w.field.press('Enter');
  await w.log.locator('.mine').waitFor();
  assert.equal(await page.evaluate(() => window.ended), 0);
  await page.evaluate(() => document.querySelector('immunobot-chat').remove());
  assert.equal(await page.evaluate(() => window.ended), 1);
  noProblems(page);
});

const PARTS = { launcher: '.launcher', panel: '.panel', header: '.head', message: '.log > article', input: 'textarea', button: '.send' };
test('sites style its parts, and set its properties', async ({ open }) => {
  const head = `<style>${Object.keys(PARTS).map((part) => `immunobot-chat::part(${part}) { outline: 3px dotted rgb(1, 2, 3) }`).join(' ')}
    immunobot-chat { --ib-bg: rgb(250, 240, 230); --ib-fg: rgb(20, 10, 5); --ib-radius: 3px; --ib-width: 333px; --ib-inset: 31px; --ib-z: 77 }</style>`;
  const page = await open(widgetPage({ head }));
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  for (const [part, selector] of Object.entries(PARTS))
    assert.equal(await w.chat.locator(selector).first().evaluate((node) => getComputedStyle(node).outline), 'rgb(1, 2, 3) dotted 3px', part);
  const panel = await w.panel.evaluate((node) => { const style = getComputedStyle(node); const box = node.getBoundingClientRect(); return [style.backgroundColor, style.color, style.borderTopLeftRadius, box.width, innerWidth - box.right]; });
  assert.deepEqual(panel, ['rgb(250, 240, 230)', 'rgb(20, 10, 5)', '3px', 333, 31]);
  assert.equal(await w.chat.evaluate((node) => getComputedStyle(node).zIndex), '77');
  assert.equal(await w.launcher.evaluate((node) => innerWidth - node.getBoundingClientRect().right), 31);
});
