// Writing an answer in a browser: mistakes cost nothing and are named, and the keys do what people expect of them.
import { assert, axe, test } from './harness.mjs';
import { desk, office } from './office.mjs';

const fresh = async (open, role = 'editor') => {
  const page = await desk(open, role);
  await page.goto(`${office.url}/console/new`);
  return page;
};

// As Ctrl+V does it, without the clipboard, which all windows share.
const paste = (page, field, text) => page.locator(field).evaluate((area, words) => {
  const data = new DataTransfer();
  data.setData('text/plain', words);
  if (area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))) document.execCommand('insertText', false, words);
}, text);

test('a new answer that is too long comes back whole, and is saved once it is shorter', async ({ open }) => {
  const page = await fresh(open);
  await page.fill('#questions_fr', 'Où est la balançoire carmin ?');
  await page.locator('#answer_fr').focus();
  await paste(page, '#answer_fr', 'mot '.repeat(800) + 'fin');
  assert.equal((await page.inputValue('#answer_fr')).length, 3203);
  assert.match(await page.locator('.count').first().textContent(), /^3203 \/ 1200 : 2003 de trop$/);
  await page.locator('#saved:not(:empty)').waitFor();
  assert.match(await page.locator('#saved').textContent(), /Pas encore enregistré.*Réponse en français : C’est trop long/);
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.locator('#complaint').waitFor();
  assert.equal((await page.inputValue('#answer_fr')).length, 3203);
  await axe(page);
  await page.fill('#answer_fr', 'Au fond du parc.');
  await page.fill('#answer_en', 'At the end of the park.');
  await page.fill('#questions_en', 'Where is the crimson swing?');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}\?done=saved/);
  await page.goto(`${office.url}/console/new`);
  assert.equal(await page.locator('.kept-back').count(), 0);
  assert.equal(await page.inputValue('#answer_fr'), '');
});

test('a day that is none is named as that, and one as it is written here is taken', async ({ open }) => {
  const page = await fresh(open);
  await page.fill('#questions_fr', 'Où est la balançoire indigo ?');
  await page.fill('#answer_fr', 'Au fond du parc.');
  await page.fill('#valid_to', 'demain');
  await page.locator('#saved:not(:empty)').waitFor();
  assert.match(await page.locator('#saved').textContent(), /Valable jusqu’au : Ce n’est pas une date/);
  await page.fill('#valid_to', '03/10/2099');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  await page.reload();
  assert.equal(await page.inputValue('#valid_to'), '2099-10-03');
});

test('an address that is pasted into a link stands there once', async ({ open }) => {
  const page = await fresh(open);
  await page.fill('#answer_fr', 'voir le plan');
  await page.locator('#answer_fr').evaluate((area) => area.setSelectionRange(5, 12));
  await page.getByRole('button', { name: 'Lien' }).first().click();
  await paste(page, '#answer_fr', 'https://example.org/plan_(2)');
  assert.equal(await page.inputValue('#answer_fr'), 'voir [le plan](https://example.org/plan_%282%29)');
});

test('a list goes on with the next line, and ends with an empty item', async ({ open }) => {
  const page = await fresh(open);
  await page.locator('#answer_fr').focus();
  await page.keyboard.type('Il faut :\n- un badge\nune carte\n\nFin.\n1. venir\npartir');
  assert.equal(await page.inputValue('#answer_fr'), 'Il faut :\n- un badge\n- une carte\nFin.\n1. venir\n2. partir');
});

test('the previews are in sight when they were asked for', async ({ open }) => {
  const page = await fresh(open);
  await page.fill('#answer_fr', 'Au fond du parc.');
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  await page.locator('#preview h2').waitFor();
  await page.waitForFunction(() => { const { top } = document.querySelector('#preview h2').getBoundingClientRect(); return top >= 0 && top < innerHeight; });
});

// The server has it, and the browser never hears of that.
const loseFirstReply = (page) => {
  let lost = false;
  return page.route('**/console/new', async (route) => {
    if (lost || route.request().method() !== 'POST' || !route.request().postData().includes('then=auto')) return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
};

test('a new answer whose first reply is lost is one draft, with what was typed since', async ({ open }) => {
  const page = await fresh(open);
  await loseFirstReply(page);
  await page.fill('#questions_fr', 'Où est la balançoire ocre ?');
  await page.fill('#answer_fr', 'Au fond.');
  await page.getByText('Pas enregistré : nouvel essai').waitFor();
  await page.fill('#answer_fr', 'Au fond du parc.');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  await page.waitForFunction(() => document.querySelector('[name=version]').value === '2');
  await page.reload();
  assert.equal(await page.inputValue('#answer_fr'), 'Au fond du parc.');
});

test('the button goes on from what was saved without a reply', async ({ open }) => {
  const page = await fresh(open);
  await loseFirstReply(page);
  await page.fill('#questions_fr', 'Où est la balançoire sépia ?');
  await page.fill('#answer_fr', 'Au fond.');
  await page.getByText('Pas enregistré : nouvel essai').waitFor();
  await page.fill('#answer_fr', 'Au fond du jardin.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}\?done=saved/);
  assert.equal(await page.inputValue('#answer_fr'), 'Au fond du jardin.');
});
