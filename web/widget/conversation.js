// The conversation: what was asked and answered, what failed, what is kept and forgotten. The panel may not be there yet.
import { choice } from './attributes.js';
import { h, plain, randomId } from './dom.js';
import { memory } from './memory.js';
import { message, replyArticle } from './reply.js';
import { asReply } from './service.js';
import { typo } from './text.js';

const PATH = 'conversations/';
const QUIET = 300;   // nothing moves while an answer takes no longer

export class Conversation {
  $turns = [];       // {$text, $asTyped, $message, $at, $reply, $article, $answer, $fault, $restored}
  $busy = null;      // the turn that waits for its answer
  #age = 0;          // goes up when the conversation is forgotten: late answers are dropped
  #chat;
  #memory;

  constructor(chat) {
    this.#chat = chat;
    this.$remember();
  }

  // As the attribute says now.
  $remember() { this.#memory = memory(choice(this.#chat.$host, 'persist')); }

  // In a panel that was just made, or with other turns.
  $show(...before) { this.#panel.$show([...before, ...this.$turns.flatMap((turn) => [turn.$article, turn.$answer || ''])]); }

  // Returns nothing if it cannot be asked now; the visitor is told why.
  $ask(text, asTyped) {
    const chat = this.#chat;
    const { $form, $log } = this.#panel;
    if (!text.trim()) return;
    if (this.$busy) return $form.$notice(chat.$t.$wait);
    if (text.length > chat.$welcome.longest) return $form.$notice(chat.$t.long(chat.$welcome.longest));
    const turn = { $text: text, $asTyped: Boolean(asTyped), $message: randomId(), $at: new Date() };
    this.$turns.push(turn);
    $log.$node.append(turn.$article = this.#question(turn));
    $log.$toEnd();
    chat.$tell('question', { length: text.length, lang: chat.$lang }, { text });
    return this.#send(turn);
  }

  // What could not be sent, one after the other.
  $resend() {
    const turn = this.$turns.find((one) => one.$fault === 'offline' || one.$fault === 'network');
    if (turn && !this.$busy) this.#send(turn).then(() => turn.$reply && this.$resend());
  }

  // After a reload, or on another page of the site.
  async $restore() {
    if (!this.$turns.length) this.#replay(await this.#kept(), 0);
  }

  // What was said in another tab meanwhile.
  async $lookAgain() {
    if (!this.#panel.$open || this.$busy || choice(this.#chat.$host, 'persist') !== 'day') return;
    this.#replay(await this.#kept(), this.$turns.length);
  }

  // Here and on the server.
  async $forget() {
    const chat = this.#chat;
    const id = this.#memory.$id;
    this.#age += 1;
    this.$busy = null;
    this.$turns = [];
    this.#panel?.$show([]);
    try {
      if (id) await chat.$call(PATH + id, undefined, 'DELETE');
    } catch (problem) {
      if (problem.$kind !== 'missing') return this.#panel?.$form.$notice(chat.$t.$notForgotten);
    }
    this.#memory.$forget();
    this.#panel?.$form.$notice(chat.$t.$forgotten);
    this.#panel?.$form.$focus();
  }

  get #panel() { return this.#chat.$panel; }

  #question(turn) {
    const { $lang, $t } = this.#chat;
    return message('mine', $t.$you, $lang, turn.$at, h('p', { lang: turn.$reply?.lang }, typo(turn.$text || $t.$hidden, $lang)));
  }

  async #send(turn) {
    const chat = this.#chat;
    const age = this.#age;
    this.$busy = turn;
    if (turn.$answer?.matches(':focus-within')) this.#panel.$form.$focus();   // the button that sends it again goes
    turn.$answer?.remove();
    turn.$fault = null;
    const stop = chat.$later(() => this.#wait(turn), QUIET);
    try {
      const reply = asReply(await chat.$call('ask', { question: turn.$text, conversation: this.#memory.$begin(), lang: chat.$lang, message: turn.$message, explain: true, as_typed: turn.$asTyped }));
      if (age === this.#age) this.#answer(turn, reply);
    } catch (problem) {
      if (age === this.#age) this.#fail(turn, problem);
    } finally {
      stop();
      if (this.$busy === turn) this.$busy = null;
    }
  }

  #wait(turn) {
    if (this.$busy !== turn) return;
    this.#panel.$log.$announce(this.#chat.$t.$searching);
    this.#panel.$log.$put(turn, h('p', { class: 'dots', 'aria-hidden': 'true' }, '…'));
  }

  #answer(turn, reply) {
    const { $log } = this.#panel;
    const { id, status, lang, intent, answer } = turn.$reply = reply;
    turn.$article.lastChild.lang = lang;
    const article = replyArticle(reply, turn, this.#chat);
    $log.$put(turn, article);
    $log.$announce(article.querySelector('.text').innerText);
    this.#chat.$notify();
    this.#chat.$tell('answer', { id, status, lang, intent }, { answer });
    if (!this.#chat.$welcome.$known) this.#panel.$greet();   // the service is back
  }

  #fail(turn, fault) {
    const chat = this.#chat;
    const { $t, $lang } = chat;
    const kind = $t[fault.$kind] ? fault.$kind : 'server';
    chat.$tell('error', { kind });
    if (kind === 'long') return this.#giveBack(turn);
    turn.$fault = kind;
    let left = fault.$wait || 0;
    const again = plain('', () => this.$busy || this.#send(turn));
    // The seconds are seen; as they are outside of the alert, they are not read out one by one.
    const tick = () => {
      again.textContent = left > 0 ? $t.$retryIn(left) : $t.$retry;
      again.disabled = left > 0;
      if (left-- > 0) chat.$later(tick, 1000);
    };
    tick();
    const person = chat.$contact($lang);
    this.#panel.$log.$put(turn, h('div', { class: 'fault' }, h('p', { role: 'alert' }, $t[kind] + (kind === 'offline' ? '' : $t.$safe)), h('div', { class: 'row' }, again, person.href && person)));
  }

  // Too long for the server: the visitor has it back to shorten it.
  #giveBack(turn) {
    const { $form } = this.#panel;
    this.$turns = this.$turns.filter((other) => other !== turn);
    turn.$article.remove();
    turn.$answer?.remove();
    $form.$fill(turn.$text);
    $form.$notice(this.#chat.$t.long(this.#chat.$welcome.longest));
  }

  // What the server keeps of it; nothing if it was forgotten or something was asked meanwhile.
  async #kept() {
    const id = this.#memory.$id;
    const age = this.#age;
    const found = id && await this.#chat.$call(PATH + id).catch(() => null);
    return age === this.#age && !this.$busy && Array.isArray(found?.turns) ? found.turns : [];
  }

  // Shows these turns if there are more of them than were shown.
  #replay(turns, shown) {
    if (turns.length <= shown || this.$turns.length > shown) return;
    const good = turns.flatMap((turn) => {
      try {
        return [{ $text: String(turn.question ?? ''), $at: new Date(turn.asked_at), $reply: asReply(turn.reply), $restored: true }];
      } catch {
        return [];
      }
    });
    if (!good.length) return;
    this.$turns = good;
    good.at(-1).$restored = false;
    for (const turn of good) {
      turn.$article = this.#question(turn);
      turn.$answer = replyArticle(turn.$reply, turn, this.#chat);
    }
    this.$show(h('p', { class: 'small divider' }, this.#chat.$t.$restored));
  }
}
