// Nothing that is typed is lost: by a reload, a way back, a server that is down, a session that has ended; and what is copied keeps its form.
import { assert, axe, test } from './harness.mjs';
import { Office, desk, office } from './office.mjs';

const ROW = '/console/row-edit/facts:ciml.location.1';
const answers = (page) => page.locator('#done:not(:empty)').waitFor();

test('what was typed in a row of a table outlives a reload, and can be forgotten', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(office.url + ROW);
  const before = await page.inputValue('#text_en');
  await page.fill('#text_en', 'A text that nobody has saved.');
  await page.reload();
  assert.equal(await page.inputValue('#text_en'), 'A text that nobody has saved.');
  await axe(page);
  await page.getByRole('button', { name: 'L’oublier' }).or(page.getByRole('button', { name: "L'oublier" })).click();
  assert.equal(await page.inputValue('#text_en'), before);
  await page.reload();
  assert.equal(await page.inputValue('#text_en'), before);
  assert.deepEqual(page.problems, []);
});

test('what was typed when the session had ended is sent by signing in on the page that comes', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${office.url}/console/edit/difference-mi-mib`);
  await page.context().clearCookies();
  await page.fill('#answer_fr', 'Un texte écrit\naprès la fin de la session.');
  await page.getByText('Vous n\'êtes plus connecté').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('form.again').waitFor();
  await axe(page);
  assert.match(await page.locator('form.again').textContent(), /après la fin de la session/);
  await page.fill('#email', 'editor@example.org');
  await page.fill('#password', 'correct horse battery staple');
  await page.locator('form.again button[type=submit]').click();
  await answers(page);
  assert.equal(await page.inputValue('#answer_fr'), 'Un texte écrit\naprès la fin de la session.');
  assert.equal(await page.locator('.kept-back').count(), 0);
  await page.goto(`${office.url}/console`);
  assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
});

test('a new row that was typed when the session had ended, or without the network, is not lost', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${office.url}/console/row-edit/sources:`);
  const typed = { '#id': 'press-2026', '#title': 'Une revue de presse', '#publisher': 'Le pôle', '#url': 'https://example.org/presse', '#seen': '2026-11-23' };
  for (const [field, text] of Object.entries(typed)) await page.fill(field, text);
  await page.context().setOffline(true);
  await page.locator('form.kept button[type=submit]').click();
  await page.locator('.unsent').waitFor();
  await page.context().setOffline(false);
  await page.context().clearCookies();
  await page.locator('form.again').waitFor();
  await page.fill('#email', 'editor@example.org');
  await page.fill('#password', 'correct horse battery staple');
  await page.locator('form.again button[type=submit]').click();
  await page.waitForURL(/\/console\/sheet\//);
  assert.match(await page.locator('main').textContent(), /Une revue de presse/);
  await page.goto(`${office.url}/console/row-edit/sources:`);
  assert.equal(await page.locator('.kept-back').count(), 0);
  assert.equal(await page.inputValue('#title'), '');
});

test('a way back while signed out, and signing in again, brings the text back', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(office.url + ROW);
  await page.fill('#text_fr', 'Un texte à retrouver.');
  await page.goto(`${office.url}/console/help`);
  await page.context().clearCookies();
  await page.goto(office.url + ROW);
  await page.fill('#email', 'editor@example.org');
  await page.fill('#password', 'correct horse battery staple');
  await page.press('#password', 'Enter');
  await page.locator('#text_fr').waitFor();
  assert.equal(await page.inputValue('#text_fr'), 'Un texte à retrouver.');
});

test('rows that were pasted, the end of e-mails and a note outlive a reload', async ({ open }) => {
  const page = await desk(open, 'editor');
  for (const [path, field] of [['/console/import/facts', '#sheet'], ['/console/me', '#signature_fr']]) {
    await page.goto(office.url + path);
    await page.fill(field, 'deux\nlignes');
    await page.reload();
    assert.equal(await page.inputValue(field), 'deux\nlignes', path);
  }
  // Once the server has it, it is no longer held.
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await answers(page);
  await page.fill('#signature_fr', '');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await answers(page);
  assert.equal(await page.locator('.kept-back').count(), 0);
  assert.equal(await page.inputValue('#signature_fr'), '');
});

test('an e-mail draft outlives a reload, and gives way when its pieces change', async ({ open }) => {
  const page = await desk(open, 'viewer');
  const add = async (words) => {
    await page.goto(`${office.url}/console?q=${encodeURIComponent(words)}`);
    await page.press('#q', 'ArrowDown');
    await page.keyboard.press('m');
    await page.locator('.toast:not(:empty)').waitFor();
  };
  await add('où est le ciml');
  await page.goto(`${office.url}/console/message`);
  await page.fill('#message', 'Bonjour Madame, un texte à moi.');
  await page.reload();
  assert.equal(await page.inputValue('#message'), 'Bonjour Madame, un texte à moi.');
  assert.match(await page.locator('#mail').getAttribute('href'), /Madame/);
  await add('where is ciphe');
  await page.goto(`${office.url}/console/message`);
  assert.doesNotMatch(await page.inputValue('#message'), /Madame/);
  await page.getByRole('button', { name: 'Remettre mon texte' }).click();
  assert.match(await page.inputValue('#message'), /Madame/);
});

test('while the server is down nothing is sent, and the text goes out when it is back', async ({ open }) => {
  const own = new Office();
  const page = await own.desk(open, 'editor');
  await page.goto(own.url + ROW);
  await page.fill('#text_fr', 'Le CIML est à Marseille, sur le campus de Luminy.');
  await own.kill();
  await page.locator('form.kept button[type=submit]').click();
  await page.locator('.unsent').waitFor();
  assert.equal(await page.inputValue('#text_fr'), 'Le CIML est à Marseille, sur le campus de Luminy.');
  await own.again();
  await page.waitForURL(/\/console\/sheet\//);
  assert.match(await page.locator('main').textContent(), /campus/);
  await own.kill();
});

test('what is copied keeps its lines, lists and links in Outlook', async ({ open }) => {
  const page = await desk(open, 'viewer');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: office.url });
  await page.goto(`${office.url}/console?q=${encodeURIComponent('où est le ciml')}`);
  await page.locator('.row').first().waitFor();
  const copied = async (text) => {
    await page.evaluate((words) => {
      const button = document.querySelector('.row [data-copy="fr"]');
      button.dataset.text = words;
      document.querySelector('.toast').textContent = '';
    }, text);
    await page.locator('.row [data-copy="fr"]').first().click();
    await page.locator('.toast:not(:empty)').waitFor();
    return page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (type) => (await item.getType(type)).text();
      return { plain: await text('text/plain'), rich: await text('text/html') };
    });
  };
  const words = 'Une <ligne>\nSource : https://example.org/a?b=1&c=2.\n\n- un\n- deux\nfin, contact@example.org';
  const { plain, rich } = await copied(words);
  assert.equal(plain, words);
  const shape = await page.evaluate((html) => {
    const body = new DOMParser().parseFromString(html, 'text/html').body;
    for (const element of body.querySelectorAll('*')) for (const { name } of [...element.attributes]) if (name !== 'href') element.removeAttribute(name);
    return body.innerHTML.replace(/<!--.*?-->/g, '');
  }, rich);
  assert.match(shape, /<p>Une &lt;ligne&gt;<br>Source : <a href="https:\/\/example.org\/a\?b=1&amp;c=2">https:\/\/example.org\/a\?b=1&amp;c=2<\/a>\.<\/p>/);
  assert.match(shape, /<ul><li>un<\/li><li>deux<\/li><\/ul><p>fin, <a href="mailto:contact@example.org">contact@example.org<\/a><\/p>/);
});
