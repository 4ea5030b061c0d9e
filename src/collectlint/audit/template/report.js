"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, findings, documents, wordings, dialogues, families } = data;
  const PER_PAGE = 50;
  const byId = (id) => document.getElementById(id);
  let chosen = findings;
  let page = 0;

  // Text reaches the page only as text.
  const make = (name, properties = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "class") element.className = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...inside);
    return element;
  };
  const told = (form, ...values) => form.replace(/\{\}/g, () => values.shift());
  const tag = (severity) => make("span", { class: `tag ${severity}` }, words[severity]);
  const speaker = (name) => words[name === "agent" ? "agent_speaker" : name] || name;

  // Spans count code points, JavaScript's strings UTF-16 units.
  const marked = (text, spans) => {
    const chars = Array.from(text);
    const kinds = new Array(chars.length).fill(0);
    for (const [start, end, kind] of spans)
      for (let at = Math.max(start, 0); at < Math.min(end, chars.length); at++) kinds[at] = Math.max(kinds[at], kind);
    const parts = [];
    for (let at = 0; at < chars.length; ) {
      let end = at;
      while (end < chars.length && kinds[end] === kinds[at]) end++;
      const piece = chars.slice(at, end).join("");
      parts.push(kinds[at] ? make("mark", kinds[at] === 1 ? { class: "more" } : {}, piece) : piece);
      at = end;
    }
    return make("bdi", {}, ...parts);
  };

  const row = (one) => {
    const document_ = documents[one.d];
    const wording = wordings[one.w];
    const open =
      document_.dialogue === undefined
        ? make("span", { class: "soft" }, "–")
        : make("button", { type: "button", onclick: () => show(one) }, words.open);
    if (document_.dialogue !== undefined) open.setAttribute("aria-label", `${words.open} ${document_.id}`);
    return make(
      "tr", {},
      make("td", {}, tag(one.s)),
      make("td", {}, marked(one.x, [[one.f, one.f + one.n, 2]])),
      make("td", {}, make("span", { class: "rule" }, wording.rule), make("br"), make("span", { class: "soft" }, wording.title)),
      make("td", {}, make("bdi", {}, one.m)),
      make(
        "td", {}, make("bdi", {}, document_.id), make("br"),
        make("span", { class: "soft" }, [document_.at.slice(0, 16).replace("T", " "), document_.agent, document_.team].filter(Boolean).join(" · ")),
        make("br"), make("bdi", { class: "soft rule" }, `${document_.path}${one.p ? `:${one.p}` : ""}`),
      ),
      make("td", {}, open),
    );
  };

  const filters = [
    ["severity", (one) => one.s, (value) => words[value]],
    ["family", (one) => wordings[one.w].family, (value) => families[value] || value],
    ["rule", (one) => wordings[one.w].rule, (value) => value],
    ["channel", (one) => documents[one.d].channel, (value) => value],
    ["agent", (one) => documents[one.d].agent, (value) => value],
    ["team", (one) => documents[one.d].team, (value) => value],
    ["day", (one) => documents[one.d].at.slice(0, 10), (value) => value],
  ];
  const selects = new Map();
  const search = make("input", { type: "search", id: "search", autocomplete: "off" });

  const build = () => {
    const form = byId("filters");
    for (const [name, of, shown] of filters) {
      const values = [...new Set(findings.map(of))].filter(Boolean);
      if (values.length < 2) continue;
      if (name !== "severity") values.sort();
      const select = make("select", { onchange: filter });
      select.append(make("option", { value: "" }, words.all), ...values.map((value) => make("option", { value }, shown(value))));
      form.append(make("label", {}, words[name], select));
      selects.set(of, select);
    }
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 200);
    });
    form.append(make("label", {}, words.search, search));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const id of ["filters", "table", "pages"]) byId(id).hidden = false;
  };

  function filter() {
    const wanted = search.value.trim().toLowerCase();
    chosen = findings.filter((one) => {
      for (const [of, select] of selects) if (select.value && of(one) !== select.value) return false;
      return !wanted || `${one.x}\n${one.m}\n${documents[one.d].id}`.toLowerCase().includes(wanted);
    });
    page = 0;
    draw();
  }

  function draw() {
    const pages = Math.max(Math.ceil(chosen.length / PER_PAGE), 1);
    byId("rows").replaceChildren(...chosen.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map(row));
    const where = told(words.page, page + 1, pages, chosen.length.toLocaleString());
    byId("status").textContent = where;
    const turn = (name, by) => {
      const button = make("button", { type: "button", onclick: () => move(by) }, words[name]);
      button.disabled = page + by < 0 || page + by >= pages;
      return button;
    };
    byId("pages").replaceChildren(turn("previous", -1), make("span", {}, where), turn("next", 1));
  }

  function move(by) {
    page += by;
    draw();
    byId("list").focus();
    byId("list").scrollIntoView();
  }

  const clock = (seconds) => {
    if (seconds === null || seconds === undefined) return "";
    const whole = Math.floor(seconds);
    return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
  };

  const note = (one) => {
    const wording = wordings[one.w];
    const inside = [
      make("p", {}, tag(one.s), " ", wording.title, " ", make("span", { class: "soft rule" }, wording.rule)),
      make("p", {}, `${words.message}：`, make("bdi", {}, one.m)),
    ];
    if (wording.basis.length) inside.push(make("p", {}, `${words.basis}：${wording.basis.join("；")}`));
    if (wording.remedy) inside.push(make("p", {}, `${words.remedy}：`, make("bdi", {}, wording.remedy)));
    if (one.r.length) inside.push(make("p", {}, `${words.related}：`, make("bdi", {}, one.r.join("；"))));
    return make("div", { class: `note ${one.s}` }, ...inside);
  };

  function show(one) {
    const own = findings.filter((each) => each.d === one.d);
    const document_ = documents[one.d];
    const turns = dialogues[document_.dialogue].map(([who, text, at], which) => {
      const here = own.filter((each) => each.t === which);
      const spans = here.map((each) => [each.a, each.b, 2]);
      for (const each of own) for (const [turn, start, end] of each.e) if (turn === which) spans.push([start, end, 1]);
      return make(
        "li", { class: who === "agent" ? "agent" : "other" },
        make("div", { class: "soft" }, [speaker(who), clock(at)].filter(Boolean).join(" ")),
        make("div", { class: "bubble" }, marked(text, spans)),
        ...here.map(note),
      );
    });
    const dialog = byId("dialogue");
    const close = make("button", { type: "button", onclick: () => dialog.close() }, words.close);
    dialog.replaceChildren(
      make(
        "div", { class: "top" },
        make(
          "div", {}, make("h2", { id: "dialogue-title" }, `${words.dialogue} `, make("bdi", {}, document_.id)),
          make("span", { class: "soft" }, [document_.at.slice(0, 16).replace("T", " "), document_.channel, document_.agent, document_.team].filter(Boolean).join(" · ")),
        ),
        close,
      ),
      make("ol", { class: "turns" }, ...turns),
    );
    dialog.showModal();
    const first = dialog.querySelectorAll(".turns li")[one.t];
    if (first) first.scrollIntoView({ block: "center" });
  }

  build();
  draw();
})();
