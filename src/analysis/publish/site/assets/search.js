// The search page. Names and codes come from the list on the page, texts from the index that
// Pagefind made. Pagefind answers a word that it does not have with the longest beginning that it
// has, and knows no d for đ: so each answer is checked against its text, and d is asked for as đ too.
(() => {
  "use strict";
  const SHOWN = 20; // results at a time
  const FETCHED = 20; // texts that are fetched at once
  const DOUBLED = 3; // words of a question that are asked for with đ as well
  const PAUSE = 250; // milliseconds of rest before what is typed is asked for
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
  const MARKS = /\p{M}/gu;
  const BREAKS = /[^\p{L}\p{N}\p{M}./-]+/u;

  const byId = (id) => document.getElementById(id);
  const field = byId("q");
  const form = field.form;
  const state = byId("search-state");
  const list = byId("search-results");
  const more = byId("search-more");
  const index = byId("search-index");
  const { told, sections } = JSON.parse(byId("search-told").textContent);
  const site = document.body.dataset.site;
  const language = document.documentElement.lang;
  const say = (key, values) => told[key].replace(/\{(\w)\}/gu, (_, name) => values[name]);

  // Words as they are compared: without marks, without tones, and the tones apart, since hòa and hoà
  // are one word.
  const bare = (text) => text.toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d");
  const shape = (text) => text.toLowerCase().normalize("NFD").replace(TONES, "").normalize("NFC");
  const tones = (text) => (text.normalize("NFD").match(TONES) ?? []).sort().join("");
  const trimmed = (word) => word.replace(/^[./-]+|[./-]+$/gu, "");
  const split = (text) => text.split(BREAKS).map(trimmed).filter(Boolean);

  function wanted(word) {
    const plain = bare(word);
    return {
      text: word,
      plain,
      shape: shape(word),
      tones: tones(word),
      marked: shape(word) !== plain || tones(word) !== "",
      number: /\d$/u.test(plain),
    };
  }

  // Whether a word begins with what is wanted: a number has to end there, and marks that were typed
  // have to be there. Loosely, an English word may end otherwise.
  function fits(word, want, loosely) {
    const plain = bare(word);
    if (want.number) return plain.startsWith(want.plain) && !/^[\d.,]/u.test(plain.slice(want.plain.length));
    if (want.marked) return shape(word).startsWith(want.shape) && (!want.tones || tones(word) === want.tones);
    const loose = loosely && language === "en" && want.plain.length > 4;
    return plain.startsWith(loose ? want.plain.slice(0, Math.max(4, want.plain.length - 3)) : want.plain);
  }

  function holds(text, wants, loosely = false) {
    const words = split(text);
    const parts = new Set([...words, ...words.flatMap((word) => word.split(/[/-]/u))]);
    const all = [...parts];
    return wants.every((want) => all.some((word) => fits(word, want, loosely)));
  }

  const entries = [...index.querySelectorAll("a")].map((link) => ({
    href: link.getAttribute("href"),
    title: link.textContent,
    also: link.dataset.also ?? "",
    names: `${link.textContent} ${link.dataset.also ?? ""}`,
    codes: (link.dataset.codes ?? "").toLowerCase().split(" "),
  }));

  function named(question, wants) {
    const asked = bare(question.trim());
    const grade = (entry) => {
      if (entry.codes.includes(asked.replace(/\.$/u, ""))) return 0;
      if (!holds(entry.names, wants)) return -1;
      const title = bare(entry.names).trim();
      const name = title.replace(/^[\divx]+(\.\d+)*\. /u, "");
      if (name === asked || bare(entry.also) === asked) return 1;
      return ` ${title}`.includes(` ${asked}`) ? 2 : 3;
    };
    const graded = entries.map((entry) => [grade(entry), entry]).filter(([one]) => one >= 0);
    graded.sort(([one], [other]) => one - other);
    return graded.map(([, entry]) => ({ ...entry }));
  }

  let engine = null;
  async function pagefind() {
    const address = new URL(`${site}pagefind/pagefind.js`, document.baseURI);
    const loaded = await import(address.href);
    await loaded.init();
    return loaded;
  }

  // The ways to ask: as typed, and with đ for a d that was typed without any mark.
  function ways(wants) {
    let all = [[]];
    let doubled = 0;
    for (const want of wants) {
      const twice = !want.marked && want.plain.startsWith("d") && doubled++ < DOUBLED;
      const texts = twice ? [want.text, `đ${want.text.slice(1)}`] : [want.text];
      all = all.flatMap((way) => texts.map((text) => [...way, text]));
    }
    return all.map((way) => way.join(" "));
  }

  async function candidates(wants) {
    engine ??= pagefind();
    const loaded = await engine;
    const questions = ways(wants);
    const found = new Map();
    for (const phrase of [true, false]) {
      const answers = await Promise.all(questions.map((one) => loaded.search(phrase ? `"${one}"` : one)));
      const results = answers.flatMap((answer) => answer.results);
      results.sort((one, other) => other.score - one.score);
      for (const result of results) if (!found.has(result.id)) found.set(result.id, result);
    }
    return [...found.values()];
  }

  function item(data) {
    const path = data.raw_url.slice(1); // vi/indicators/5.7.html
    const inside = data.sub_results.filter((part) => part.anchor);
    inside.sort((one, other) => other.locations.length - one.locations.length);
    return {
      href: site + path,
      path: path.slice(language.length + 1),
      title: data.meta.title,
      excerpt: data.excerpt,
      inside: inside.slice(0, 3).map((part) => ({ title: part.title, hash: part.anchor.id })),
    };
  }

  const sectionOf = (path) => {
    const start = Object.keys(sections).find((one) => path.startsWith(one));
    return start ? sections[start] : "";
  };

  const made = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  // An excerpt is HTML in which only <mark> means anything: all else becomes text.
  function excerpt(html) {
    const paragraph = made("p");
    const read = new DOMParser().parseFromString(html, "text/html").body;
    for (const node of read.childNodes) {
      paragraph.append(node.nodeName === "MARK" ? made("mark", node.textContent) : node.textContent);
    }
    return paragraph;
  }

  function show(result) {
    const line = made("li");
    const link = made("a", result.title);
    link.href = result.href;
    line.append(link, made("small", sectionOf(result.path ?? result.href)));
    if (result.excerpt) line.append(excerpt(result.excerpt));
    if (result.inside?.length) {
      const inside = made("p", `${told.inside} `, "inside");
      for (const part of result.inside) {
        const place = made("a", part.title);
        place.href = `${result.href}#${part.hash}`;
        inside.append(place, " ");
      }
      line.append(inside);
    }
    list.append(line);
    return link;
  }

  let turn = 0; // only the newest question may answer
  let next = null;

  async function* results(question) {
    const wants = split(question).map(wanted);
    const names = named(question, wants);
    yield* names;
    const seen = new Set(names.map((one) => one.href));
    const rest = await candidates(wants);
    while (rest.length) {
      const batch = await Promise.all(rest.splice(0, FETCHED).map((one) => one.data()));
      for (const loosely of [false, true]) {
        for (const data of batch) {
          const found = item(data);
          if (seen.has(found.path) || !holds(`${data.meta.title} ${data.content}`, wants, loosely)) continue;
          seen.add(found.path);
          yield found;
        }
      }
    }
  }

  async function fill(question, answers, mine, total) {
    let n = total;
    let first = null;
    let whole = false;
    let failed = false;
    try {
      while (n < total + SHOWN) {
        const { value, done } = await answers.next();
        if (mine !== turn) return;
        if (done) {
          whole = true;
          break;
        }
        const link = show(value);
        first ??= link;
        list.hidden = false;
        n += 1;
      }
    } catch {
      whole = failed = true;
      engine = null;
    }
    if (mine !== turn) return;
    const key = n === 0 ? "none" : !whole ? "first" : n === 1 ? "found_one" : "found";
    state.textContent = say(key, { n: String(n), q: question }) + (failed ? ` ${told.names_only}` : "");
    index.hidden = n > 0;
    more.hidden = whole;
    next = whole ? null : () => fill(question, answers, mine, n);
    return first;
  }

  async function ask() {
    const question = field.value.trim().normalize("NFC");
    const mine = ++turn;
    list.replaceChildren();
    list.hidden = more.hidden = true;
    if (!split(question).length) {
      state.textContent = "";
      index.hidden = false;
      return;
    }
    state.textContent = told.searching;
    await fill(question, results(question), mine, 0);
  }

  function keep() {
    const address = new URL(location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // opened from a disk: the address stays as it is
    }
  }

  let rest = 0;
  field.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      keep();
      ask();
    }, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(rest);
    keep();
    ask();
  });
  more.addEventListener("click", async () => {
    const link = await next?.();
    link?.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    const link = list.querySelector("a");
    if (link) {
      event.preventDefault();
      link.focus();
    }
  });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) ask();
})();
