// The staff's console in a browser: what people do beside what measures.test.mjs counts, and axe on every page.
import { assert, axe, test } from './harness.mjs';
import { ask, desk, office } from './office.mjs';

test('typing errors, acronyms and both languages find the same answer', async ({ open }) => {
  const page = await desk(open, 'viewer');
  for (const words of ['innate pharma siege', 'innate pharma headquarters', 'inate pharma headquaters']) {
    await page.goto(`${office.url}/console?q=${encodeURIComponent(words)}`);
    assert.ok((await page.locator('.rows .row').count()) > 0, words);
    assert.match(await page.locator('.rows').textContent(), /Innate Pharma/, words);
  }
});

test('an answer for the team alone is given to no visitor', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#questions_fr', 'Quel est le code du portail secret ?');
  await page.fill('#questions_en', 'What is the code of the secret gate?');
  await page.fill('#answer_fr', 'Le code est zebra42.');
  await page.fill('#answer_en', 'The code is zebra42.');
  await page.check('input[name=audience][value=staff]');
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.locator('#done:not(:empty)').waitFor();
  for (const question of ['Quel est le code du portail secret ?', 'What is the code of the secret gate?'])
    assert.doesNotMatch(JSON.stringify(await ask(question)), /zebra42/);
  for (const path of ['/faq?lang=fr', '/facts?lang=fr', '/api/v1/facts?q=zebra42', '/api/v1/facts?limit=1000', '/api/v1/suggest?q=Quel&lang=fr', '/data/facts.json', '/sitemap.xml'])
    assert.doesNotMatch(await (await fetch(office.url + path)).text(), /zebra42/, path);
  await page.goto(`${office.url}/console?q=zebra42`);
  assert.match(await page.locator('.rows').textContent(), /Réservé/);
});

test('two editors at once: the second is shown what the first has saved', async ({ open }) => {
  const one = await desk(open, 'editor');
  const two = await desk(open, 'answerer');
  for (const page of [one, two]) await page.goto(`${office.url}/console/edit/mi-and-mi-fhu`);
  await one.fill('#answer_en', 'First text.');
  await one.getByRole('button', { name: 'Enregistrer' }).click();
  await one.locator('#done:not(:empty)').waitFor();
  await two.fill('#answer_en', 'Second text.');
  await two.getByRole('button', { name: 'Enregistrer' }).click();
  await two.locator('[role=alert]').first().waitFor();
  assert.equal(await two.inputValue('#answer_en'), 'Second text.');
  assert.match(await two.locator('.changes').textContent(), /First/);
});

test('while a question is written, it is told who has it and what waits for it', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await ask('Where do I return a borrowed umbrella?');
  await page.waitForTimeout(500);
  await page.goto(`${office.url}/console/questions`);
  await page.goto(`${office.url}/console/new`);
  await page.fill('#answer_en', 'At the desk.');
  assert.equal(await page.locator('#hints').textContent(), '');
  await page.locator('#questions_en').pressSequentially('Where is CIML?\nwhere do i return the borrowed umbrella');
  await page.locator('#hints', { hasText: 'umbrella' }).waitFor();
  await page.locator('#hints a[href="/console/answer/ciml.location.1"]').waitFor();
  assert.equal(await page.inputValue('#answer_en'), 'At the desk.');
  assert.match(await page.locator('.count').last().textContent(), /^12 /);
  await axe(page);
  assert.deepEqual(page.problems, []);
  // By the button, the same on the whole page.
  const told = await page.locator('#hints').innerHTML();
  await page.getByRole('button', { name: 'À qui vont ces questions' }).click();
  await page.waitForFunction((before) => document.getElementById('hints').innerHTML === before, told);
  assert.equal(await page.inputValue('#answer_en'), 'At the desk.');
});

test('drafts save themselves', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/edit/difference-mi-mib`);
  await page.fill('#answer_en', 'A text that saves itself.');
  await page.locator('#saved:not(:empty)').waitFor();
  await page.reload();
  assert.equal(await page.inputValue('#answer_en'), 'A text that saves itself.');
});

test('a new answer saves itself, goes on as one draft, and leaves none behind when nothing is written', async ({ open }) => {
  const page = await desk(open, 'answerer');
  const drafts = async () => {
    const list = await open(`${office.url}/console/drafts`, { before: async (_, context) => context.addCookies(await page.context().cookies()) });
    return list.locator('main').textContent();
  };
  await page.goto(`${office.url}/console/new?question=${encodeURIComponent('Où est le gong violet ?')}`);
  await page.locator('#answer_fr').focus();
  await page.waitForTimeout(3000);
  assert.doesNotMatch(await drafts(), /gong/);
  assert.equal(new URL(page.url()).pathname, '/console/new');
  await page.fill('#answer_fr', 'Dans le hall.');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  assert.match(await drafts(), /Où est le gong violet/);
  // It goes on there: by itself, after a reload, and by the button.
  await page.fill('#answer_fr', 'Dans le hall, à gauche.');
  await page.waitForTimeout(3000);
  await page.reload();
  assert.equal(await page.inputValue('#answer_fr'), 'Dans le hall, à gauche.');
  await page.fill('#answer_en', 'In the hall.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.equal((await drafts()).match(/gong/g).length, 1);
  await page.goto(`${office.url}/console/new`);
  assert.equal(await page.inputValue('#answer_fr'), '');
  assert.equal(await page.locator('.kept-back').count(), 0);
  assert.deepEqual(page.problems, []);
});

test('what is sent while a new answer saves itself does not make two of it', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.route('**/console/new', async (route) => {
    if (route.request().method() === 'POST') await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.fill('#questions_fr', 'Où est le trombone jaune ?');
  await page.fill('#answer_fr', 'Dans le tiroir.');
  await page.waitForRequest((request) => request.method() === 'POST' && /then=auto/.test(request.postData() ?? ''));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.match(new URL(page.url()).pathname, /^\/console\/edit\/answer-[0-9a-f]{12}$/);
  await page.goto(`${office.url}/console/drafts`);
  assert.equal((await page.locator('main').textContent()).match(/trombone/g).length, 1);
});

test('a new answer whose first reply is lost saves itself again, as the same draft', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  let lost = 0;
  await page.route('**/console/new', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();   // it has arrived
    await route.abort();
  });
  await page.fill('#questions_fr', 'Où est le hamac orange ?');
  await page.fill('#answer_fr', 'Au jardin.');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  assert.equal(lost, 1);
  await page.goto(`${office.url}/console/drafts`);
  assert.equal((await page.locator('main').textContent()).match(/hamac/g).length, 1);
});

test('what was typed for a new answer outlives a reload, and is gone once it is saved', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#questions_fr', 'Où est la tasse bleue ?');
  await page.fill('#answer_fr', 'Dans la cuisine.');
  await page.check('input[name=audience][value=staff]');
  await page.reload();
  assert.equal(await page.inputValue('#answer_fr'), 'Dans la cuisine.');
  assert.ok(await page.isChecked('input[name=audience][value=staff]'));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  await page.goto(`${office.url}/console/new`);
  assert.equal(await page.inputValue('#answer_fr'), '');
  assert.deepEqual(page.problems, []);
});

test('all of it works without scripts', async ({ open }) => {
  const page = await desk(open, 'editor', { noScript: true });
  await page.fill('#q', 'CIML');
  await page.press('#q', 'Enter');
  assert.ok((await page.locator('.rows .row').count()) > 0);
  await page.getByRole('button', { name: 'English' }).click();
  assert.match(await page.locator('h1').textContent(), /Find an answer/);
});

test('pinned and collected by single keys, and put together as an e-mail', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: office.url });
  for (const [words, key] of [['où est le ciml', 'm'], ['where is ciphe', 'm'], ['où est le ciml', 'p']]) {
    await page.goto(`${office.url}/console?q=${encodeURIComponent(words)}`);
    await page.press('#q', 'ArrowDown');
    await page.keyboard.press(key);
    await page.locator('.toast:not(:empty)').waitFor();
  }
  assert.equal(await page.locator('.row.chosen [aria-pressed]').getAttribute('aria-pressed'), 'true');
  await axe(page);
  await page.goto(`${office.url}/console/message`);
  assert.equal(await page.locator('.pieces li').count(), 2);
  await page.getByRole('button', { name: 'Copier le texte' }).click();
  await page.locator('.toast:not(:empty)').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Bonjour,[\s\S]*Luminy[\s\S]*Bien cordialement,\nanswerer/);
  await page.fill('#message', 'Autre texte');
  assert.match(await page.locator('#mail').getAttribute('href'), /Autre%20texte/);
  await axe(page);
  // Pinned: copied from the first page with two keys, and counted.
  await page.goto(`${office.url}/console`);
  await page.locator('.at-hand .row').first().waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => /^Le CIML/.test(text)));
  await page.waitForTimeout(300);
  await page.reload();
  assert.match(await page.locator('.at-hand').textContent(), /copiée \S+ fois ce mois-ci/);
  await axe(page);
  assert.deepEqual(page.problems, []);
}, { alone: true });

test('without scripts, an answer is pinned, collected and put into an e-mail', async ({ open }) => {
  const page = await desk(open, 'editor', { noScript: true });
  await page.goto(`${office.url}/console?q=${encodeURIComponent('où est le ciml')}`);
  await page.getByRole('button', { name: /^Ajouter au message/ }).first().click();
  assert.match(page.url(), /\/console\?q=.*done=added/);
  await page.goto(`${office.url}/console/message`);
  assert.match(await page.inputValue('#message'), /Luminy/);
  await page.getByRole('button', { name: 'Vider' }).click();
  assert.equal(await page.locator('#message').count(), 0);
});

test('several questions are marked by the keyboard and put aside at once', async ({ open }) => {
  const page = await desk(open, 'answerer');
  for (const thing of ['zorblax', 'quibbleflux', 'wimblewort']) await ask(`Does the canteen of the moon sell ${thing}?`);
  await page.waitForTimeout(500);
  await page.goto(`${office.url}/console/questions?words=canteen+of+the+moon`);
  const before = await page.locator('.bulk .row').count();
  assert.ok(before >= 1);
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.match(await page.locator('#marked').textContent(), /: 1$/);
  assert.equal(await page.locator('.select input:checked').count(), 1);
  await axe(page);
  await page.getByRole('button', { name: 'Pas pour nous' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.match(page.url(), /words=canteen/);
  assert.equal(await page.locator('.bulk .row').count(), before - 1);
});

test('a question that was put aside is taken back by a key, without scripts by the button', async ({ open }) => {
  await ask('Does the moon museum sell flumbleberry?');
  for (const noScript of [false, true]) {
    const page = await desk(open, 'answerer', { noScript });
    await page.goto(`${office.url}/console/questions?words=flumbleberry`);
    await page.locator('.rows a').first().click();
    await page.getByRole('button', { name: 'Pas pour nous' }).click();
    await page.locator('form.undo-now').waitFor();
    if (!noScript) await axe(page);
    if (noScript) await page.locator('form.undo-now button').click();
    else await page.keyboard.press('u');
    await page.locator('#done', { hasText: 'Annulé' }).waitFor();
    await page.goto(`${office.url}/console/questions?words=flumbleberry`);
    assert.equal(await page.locator('.bulk .row').count(), 1);
    assert.deepEqual(page.problems, []);
  }
});

test('what was published is taken back with one press', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#questions_fr', 'Où est la cantine de la lune ?');
  await page.fill('#questions_en', 'Where is the canteen of the moon?');
  await page.fill('#answer_fr', 'Sur la face cachée : voir http://lune.example.org.');
  await page.fill('#answer_en', 'On the far side.');
  await page.locator('#hints', { hasText: 'http://lune.example.org' }).waitFor();
  await axe(page);
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.locator('form.undo-now').waitFor();
  assert.match((await ask('Where is the canteen of the moon?')).answer, /far side/);
  await page.locator('form.undo-now button').click();
  await page.locator('#done', { hasText: 'Annulé' }).waitFor();
  assert.doesNotMatch((await ask('Where is the canteen of the moon?')).answer, /far side/);
});

test('the conversation of a visitor is erased from one of its questions', async ({ open }) => {
  const say = (question) => fetch(`${office.url}/api/v1/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ question, conversation: 'a-visitor-who-goes-1' }) });
  const page = await desk(open, 'answerer', { noScript: true });
  await say('Does the lost property office have my grunkle?');
  await say('And who stole the snorblatt of the second floor?');
  await page.waitForTimeout(500);
  await page.goto(`${office.url}/console/questions?words=grunkle`);
  await page.locator('.rows a').first().click();
  await page.getByRole('link', { name: /^Effacer sa conversation/ }).first().click();
  assert.match(await page.locator('main').textContent(), /snorblatt/);
  const erase = async () => {
    await page.getByRole('button', { name: 'Effacer pour toujours' }).click();
    await page.locator('#done').or(page.locator('[role=alert]')).waitFor();
    return page.locator('main').textContent();
  };
  let said = await erase();
  if (/Réessayez/.test(said)) {   // on a disk that stands still: what a person does then
    console.log(`measured: erasing a conversation had to be tried again\n${office.troubles()}`);
    await page.goBack();
    said = await erase();
  }
  assert.match(said, /effacée/);
  for (const word of ['grunkle', 'snorblatt']) {
    await page.goto(`${office.url}/console/questions?words=${word}`);
    assert.equal(await page.locator('.bulk .row').count(), 0);
  }
  const admin = await desk(open, 'admin');
  await admin.goto(`${office.url}/console/audit?words=question.erase`);
  assert.match(await admin.locator('tbody').textContent(), /conversation effacée/);
  assert.doesNotMatch(await admin.locator('main').textContent(), /grunkle|snorblatt/);
});

test('the help of a screen is one key away', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/questions`);
  await page.locator('h1').click();
  await page.keyboard.press('?');
  await page.waitForURL(`${office.url}/console/help/questions`);
  assert.match(await page.locator('h1').textContent(), /Questions sans réponse/);
  await page.getByRole('link', { name: /Toute l.aide/ }).click();
  assert.ok((await page.locator('.links a[href^="/console/help/"]').count()) > 10);
});

test('the editor shows the answer as each kind of channel does', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/edit/difference-mi-mib`);
  await page.fill('#answer_fr', 'Un texte à voir d’abord.');
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  await page.locator('#preview').waitFor();
  assert.equal(await page.locator('.preview').count(), 8);
  assert.equal(await page.inputValue('#answer_fr'), 'Un texte à voir d’abord.');
  await axe(page);
});

test('buttons write bold words, lists and links, by the keyboard too, and Ctrl+Z takes them back', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  const field = page.locator('#answer_fr');
  const group = page.getByRole('group', { name: /^Mise en forme, .*fran/ });
  const select = (from, to) => field.evaluate((area, [a, b]) => { area.focus(); area.setSelectionRange(a, b); }, [from, to]);
  await field.fill('Ouvert tous les jours.');
  await select(7, 21);
  await group.getByRole('button', { name: 'Gras' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'Ouvert **tous les jours**.');
  assert.match(await page.locator('.count').first().textContent(), /^22 \/ 1200$/);
  await page.keyboard.press('Control+z');
  assert.equal(await field.inputValue(), 'Ouvert tous les jours.');
  await select(7, 21);
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+b');
  assert.equal(await field.inputValue(), 'Ouvert tous les jours.');
  await field.fill('un\ndeux');
  await select(0, 7);
  await group.getByRole('button', { name: 'Liste', exact: true }).click();
  assert.equal(await field.inputValue(), '- un\n- deux');
  await group.getByRole('button', { name: 'Liste numérotée' }).click();
  assert.equal(await field.inputValue(), '1. un\n2. deux');
  await group.getByRole('button', { name: 'Liste numérotée' }).click();
  assert.equal(await field.inputValue(), 'un\ndeux');
  await select(0, 2);
  await group.getByRole('button', { name: 'Lien' }).click();
  await page.keyboard.type('example.org/a');
  assert.equal(await field.inputValue(), '[un](https://example.org/a)\ndeux');
  for (const button of await group.getByRole('button').all()) {
    const box = await button.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, `${box.width} x ${box.height}`);
  }
  await axe(page);
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  assert.equal(await page.locator('.preview .said a[href="https://example.org/a"]').first().textContent(), 'un');
});

test('the text of a fact is looked for and put into an answer', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#answer_fr', 'Voici : ');
  const button = page.getByRole('button', { name: 'Texte d’un fait' }).first();
  await button.click();
  await page.keyboard.type('CIML adresse');
  const found = page.locator('.fact-search:not([hidden]) li button').first();
  await found.waitFor();
  await axe(page);
  const id = (await found.textContent()).split(' : ')[0];
  await found.click();
  assert.equal(await page.inputValue('#answer_fr'), `Voici : {{${id}}}`);
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  assert.doesNotMatch(await page.locator('#preview').textContent(), /\{\{/);
});

test('one sees where one is signed in, and ends it there', async ({ open }) => {
  const page = await desk(open, 'viewer');
  await office.post('/console/sign-in', { email: 'viewer@example.org', password: 'correct horse battery staple' });
  await page.goto(`${office.url}/console/me`);
  assert.ok((await page.locator('tbody tr').count()) >= 2);
  await axe(page);
  await page.getByRole('button', { name: 'Déconnecter partout ailleurs' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 1);
}, { alone: true });

const pages = ['/console', '/console?q=CIML', '/console/test?q=Where%20is%20CIML%3F', '/console/questions', '/console/questions?state=ignored', '/console/drafts', '/console/new', '/console/edit/what-is-mi',
  '/console/answer/what-is-mi', '/console/answer/ciml.location.1', '/console/history/what-is-mi', '/console/changes', '/console/accounts', '/console/audit', '/console/help', '/console/nothing',
  '/console/table/facts', '/console/table/entities?q=ciml&sort=kind', '/console/table/faq', '/console/table/sources', '/console/row/entities:ciml', '/console/row-edit/facts:ciml.location.1', '/console/row-edit/entities:',
  '/console/archive/difference-mi-mib', '/console/row-archive/facts:ciml.location.1', '/console/row-archive/entities:ciml', '/console/pairs', '/console/staff-answers', '/console/settings', '/console/import/facts', '/console/review', '/console/review?mine=1', '/console/charts', '/console/letters', '/console/message', '/console/me', '/console/questions?lang=fr&whose=mine', '/console/questions?intent=location', '/console/help/search', '/console/help/editor'];

for (const [name, options] of [['in French', {}], ['in English, dark', { lang: 'en-GB', dark: true }], ['at 320 pixels', { width: 320, height: 640 }]])
  test(`axe finds nothing ${name}`, async ({ open }) => {
    const page = await desk(open, 'admin', options);
    await ask('Where do I find the lost property office?');
    await page.waitForTimeout(500);
    await page.goto(`${office.url}/console/questions`);
    const group = await page.locator('.rows a').first().getAttribute('href');
    await page.goto(office.url + group);
    const erase = await page.locator('a[href^="/console/erase/"]').first().getAttribute('href');
    for (const path of [...pages, group, erase]) {
      await page.goto(office.url + path);
      try {
        await axe(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1 ? []
          : [...document.body.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 120)));
        assert.deepEqual(wide, [], 'wider than the window');
      } catch (problem) {
        throw new Error(`${path}: ${problem.message}`);
      }
    }
    await page.context().clearCookies();
    await page.goto(`${office.url}/console/sign-in`);
    await axe(page);
  });

test('a fact is corrected in four actions with the check shown, and the change of a colleague undone in three', async ({ open }) => {
  const page = await desk(open, 'editor');
  let actions = 0;
  const act = async (what) => { actions += 1; await what(); };
  await act(() => page.goto(`${office.url}/console/row-edit/sources:seed`));
  await act(() => page.fill('#publisher', 'Marseille Immunopôle, 2026'));
  await act(() => page.getByRole('button', { name: 'Vérifier et publier' }).click());
  await page.locator('.verdict').waitFor();
  await act(() => page.getByRole('button', { name: 'Publier', exact: true }).click());
  await page.locator('#done:not(:empty)').waitFor();
  assert.ok(actions <= 4);
  const other = await desk(open, 'admin');
  actions = 0;
  await act(() => other.goto(`${office.url}/console/changes`));
  await act(() => other.locator('a[href^="/console/undo/"]').first().click());
  await act(() => other.getByRole('button', { name: 'Tout annuler' }).click());
  await other.locator('#done:not(:empty)').waitFor();
  assert.ok(actions <= 4);
  await other.goto(`${office.url}/console/row/sources:seed`);
  assert.doesNotMatch(await other.locator('main').textContent(), /2026, /);
});

test('the figures are charts with a table each, and tables without scripts', async ({ open }) => {
  await office.open();
  await ask('Where is CIML?');
  const page = await desk(open, 'answerer');
  await page.waitForTimeout(500);
  await page.goto(`${office.url}/console/charts`);
  assert.ok((await page.locator('canvas').count()) >= 3);
  assert.equal(await page.locator('canvas').count(), await page.locator('[data-chart] table').count());
  assert.deepEqual(page.problems, []);
  const plain = await desk(open, 'answerer', { noScript: true });
  await plain.goto(`${office.url}/console/charts`);
  assert.ok(await plain.locator('[data-chart] table').first().isVisible());
});

test('the first load is small', async ({ open }) => {
  const page = await desk(open, 'viewer');
  let bytes = 0;
  for (const address of [`${office.url}/console`, ...(await page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((one) => one.href || one.src)))])
    bytes += (await (await page.context().request.get(address, { headers: { 'Accept-Encoding': 'identity' } })).body()).length;
  assert.ok(bytes < 120000, `${bytes} bytes before compression`);
});
