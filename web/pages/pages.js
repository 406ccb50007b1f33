// What the pages can do better with a script: search while typing, fit the assistant to a website, copy. Without it
// all pages work. Nothing is stored and no other host is asked.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);

  // As the server compares words: lower case, no accents, ligatures opened.
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'");
  const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  function loadIndex(address) {
    return new Promise((done, failed) => {
      if (window.immunobotFaq) return done(window.immunobotFaq);
      const policy = window.trustedTypes?.createPolicy("immunobot-pages", { createScriptURL: (url) => url });
      const script = document.createElement("script");
      script.src = policy ? policy.createScriptURL(address) : address;
      script.onload = () => done(window.immunobotFaq);
      script.onerror = failed;
      document.head.append(script);
    });
  }

  // [title, topic, anchor, other words] -> the same with their folded words, once.
  const prepared = (index) => index.map(([title, topic, anchor, rest]) => ({ title, topic, anchor, head: words(title), all: words(title + " " + rest) }));

  function matches(entries, typed) {
    const wanted = words(typed);
    const holds = (list) => wanted.every((word) => list.some((other) => other.startsWith(word)));
    const first = entries.filter((entry) => holds(entry.head));
    return first.concat(entries.filter((entry) => !first.includes(entry) && holds(entry.all)));
  }

  function searchBox(form) {
    const input = one("input[type=search]", form);
    const found = one(".found", form);
    const list = one(".hits", form);
    const most = 20;
    let entries, timer;
    form.hidden = false;

    // The address of an entry from here: that of the first page, or of a topic beside it.
    function address(entry) {
      const root = form.dataset.root;
      if (!entry.topic) return root + "#" + entry.anchor;
      const page = root.includes(".html") ? root.replace(/faq\.html$/, "faq/" + entry.topic + ".html") : root.replace(/faq\?/, "faq/" + entry.topic + "?");
      return page + "#" + entry.anchor;
    }

    function show(typed) {
      const hits = typed.trim().length < 2 ? [] : matches(entries, typed);
      found.textContent = typed.trim().length < 2 ? "" : hits.length === 0 ? found.dataset.none : (hits.length === 1 ? found.dataset.one : found.dataset.many).replace("{n}", hits.length);
      list.replaceChildren(...hits.slice(0, most).map((entry) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = address(entry);
        link.textContent = entry.title;
        item.append(link);
        return item;
      }));
      list.hidden = hits.length === 0;
    }

    async function search() {
      try {
        entries ??= prepared(await loadIndex(form.dataset.index));
        show(input.value);
      } catch {
        found.textContent = "";  // the button still searches
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(search, 120);
    });
    if (!form.hasAttribute("action")) form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  }

  function copyButton(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = one(".said-copied");
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        said.textContent = button.dataset.done;
        setTimeout(() => { said.textContent = ""; }, 3000);
      } catch {
        getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      }
    });
  }

  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  function configurator(form) {
    const stage = one(".stage");
    const code = document.getElementById("line");
    const usual = { language: "auto", mode: "bubble", position: "right", accent: form.accent.value, radius: form.radius.value, title: "" };
    form.hidden = stage.hidden = false;
    const frame = document.createElement("iframe");
    frame.title = stage.dataset.title;
    frame.src = stage.dataset.page;
    const chat = () => one("immunobot-chat", frame.contentDocument ?? document.createElement("div"));

    function show(attributes, wish) {
      const preview = chat();
      if (!preview) return;
      for (const name of ["mode", "position", "title"]) name in attributes ? preview.setAttribute(name, attributes[name]) : preview.removeAttribute(name);
      preview.setAttribute("lang", attributes.lang === "auto" ? document.documentElement.lang : attributes.lang);
      if (wish.accent === usual.accent) preview.style.removeProperty("--ib-accent");
      else preview.style.setProperty("--ib-accent", wish.accent);
      preview.style.setProperty("--ib-radius", wish.radius + "px");
    }

    function update() {
      const wish = Object.fromEntries(new FormData(form));
      const attributes = { lang: wish.language === usual.language ? "auto" : wish.language };
      for (const name of ["mode", "position", "title"]) if (wish[name] !== usual[name]) attributes[name] = wish[name];
      const rules = [];
      if (wish.accent !== usual.accent) rules.push("--ib-accent: " + wish.accent + ";");
      if (wish.radius !== usual.radius) rules.push("--ib-radius: " + wish.radius + "px;");
      show(attributes, wish);
      one(".rule").hidden = rules.length === 0;
      document.getElementById("rule").textContent = ["immunobot-chat {", ...rules, "}"].join(" ");
      if (code.dataset.contact) attributes["contact-url"] = code.dataset.contact;
      const listed = Object.entries(attributes).map(([name, value]) => " " + name + '="' + quoted(value) + '"').join("");
      const bot = (name) => quoted(new URL(name, document.baseURI).href);
      const language = wish.language === usual.language ? document.documentElement.lang : wish.language;
      code.textContent = '<script src="' + bot("widget.js") + '" defer></script>\n<immunobot-chat' + listed + '><a href="' + bot("ask?lang=" + language) + '">' + code.dataset.link + "</a></immunobot-chat>";
    }

    form.addEventListener("input", update);
    form.addEventListener("reset", () => setTimeout(update));
    form.addEventListener("submit", (event) => event.preventDefault());
    frame.addEventListener("load", update);
    update();
    stage.append(frame);
  }

  document.querySelectorAll("form.search").forEach(searchBox);
  document.querySelectorAll("button.copy").forEach(copyButton);
  document.querySelectorAll("form.configurator").forEach(configurator);
})();
