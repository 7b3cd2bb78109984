// The pages' behaviour. Data come in pieces by script elements: a page on a disk may not fetch.
"use strict";
const NB = (() => {
  const waiting = new Map(), root = window.NB_ROOT || "";
  const $ = (id) => document.getElementById(id);
  const PAGE = 50, LINES = 10, BARS = 40;
  const BLUE = "#3b6ea5", RED = "#b5413a", GREY = "#9aa6b0";

  function need(key) {
    if (!waiting.has(key)) {
      const entry = {};
      entry.promise = new Promise((done, failed) => { entry.done = done; entry.failed = failed; });
      waiting.set(key, entry);
      const script = document.createElement("script");
      script.src = `${root}data/${key}.js`;
      script.onerror = () => entry.failed(new Error(`data/${key}.js 无法读取`));
      document.head.append(script);
    }
    return waiting.get(key).promise;
  }
  const got = (key, data) => waiting.get(key).done(data);
  const pieces = async (key, n) =>
    (await Promise.all(Array.from({ length: n }, (_, k) => need(`${key}-${k}`)))).flat();

  // Text goes in as text: nothing of a report is ever taken for markup.
  function make(tag, given = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...inside.filter((x) => x !== null && x !== undefined && x !== ""));
    return made;
  }
  const number = (v) => v === null || v === undefined ? "" : v.toLocaleString("zh-CN", { maximumFractionDigits: 6 });
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const unique = (list) => [...new Set(list)];

  function options(select, values, kept = "") {
    select.append(...values.map((v) => make("option", { value: v }, v === "" ? "总体" : String(v))));
    if (kept !== "") select.value = kept;
  }
  const onFilter = (again) => document.querySelector(".filters").addEventListener("input", again);
  function refill(id, values, all) {
    const kept = $(id).value;
    $(id).replaceChildren(...(all ? [make("option", { value: "" }, "全部")] : []));
    options($(id), values, values.map(String).includes(kept) ? kept : "");
  }
  function pager(rows, draw) {
    const nav = $("pager"), pages = Math.max(1, Math.ceil(rows.length / PAGE));
    let at = 0;
    const go = (to) => {
      at = to;
      draw(rows.slice(at * PAGE, (at + 1) * PAGE), at);
      nav.replaceChildren();
      if (pages < 2) return;
      nav.append(
        make("button", { type: "button", disabled: at === 0, onclick: () => go(at - 1) }, "上一页"),
        ` ${at + 1} / ${pages} `,
        make("button", { type: "button", disabled: at === pages - 1, onclick: () => go(at + 1) }, "下一页"));
    };
    return { go, pageOf: (n) => Math.floor(n / PAGE) };
  }
  const head = (...names) => make("thead", {}, make("tr", {}, ...names.map((n) =>
    make("th", { scope: "col", class: n.startsWith("#") ? "num" : null }, n.replace("#", "")))));
  function fill(table, heads, rows) {
    table.replaceChildren(head(...heads), make("tbody", {}, ...rows.map((cells) => make("tr", {},
      ...cells.map((c, k) => make("td", { class: heads[k].startsWith("#") ? "num" : null }, c))))));
  }

  // ---- search, on every page
  function search() {
    const box = $("q"), list = $("found");
    let data = null, chosen = -1;
    const show = () => {
      const words = folded(box.value).split(/\s+/).filter(Boolean);
      const fits = (row) => words.every((w) => folded(`${row[0]} ${row[2]}`).includes(w));
      const rows = data && words.length
        ? [...data.indicators.filter(fits).slice(0, 12), ...data.reports.filter(fits).slice(0, 12)] : [];
      chosen = -1;
      list.replaceChildren(...rows.map((row, k) => make("li", { role: "option", id: `found-${k}` },
        make("a", { href: root + row[1], tabindex: "-1" }, row[0],
          make("small", {}, row[1].startsWith("reports") ? row[2] : "指标")))));
      if (data && words.length && !rows.length) list.append(make("li", {}, "没有找到"));
      list.hidden = !words.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };
    const move = (by) => {
      const all = [...list.querySelectorAll("[role=option]")];
      if (!all.length) return;
      chosen = (chosen + by + all.length) % all.length;
      all.forEach((li, k) => li.setAttribute("aria-selected", String(k === chosen)));
      all[chosen].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", all[chosen].id);
    };
    box.addEventListener("focus", async () => { data = data || await need("search"); show(); });
    box.addEventListener("input", show);
    box.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown") { e.preventDefault(); move(1); }
      else if (e.key === "ArrowUp") { e.preventDefault(); move(-1); }
      else if (e.key === "Enter") { const a = list.querySelectorAll("a")[Math.max(chosen, 0)]; if (a) a.click(); }
      else if (e.key === "Escape") { box.value = ""; show(); }
    });
    document.addEventListener("click", (e) => { if (!e.target.closest(".search")) list.hidden = true; });
    document.addEventListener("keydown", (e) => {
      if (e.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) { e.preventDefault(); box.focus(); }
    });
  }

  // ---- overview
  const LEVELS = { national: "国家", province: "省", city: "市", district: "区县", school: "学校", college: "高职院校", enterprise: "企业" };
  async function files(n) {
    const rows = await pieces("files", n);
    options($("year"), unique(rows.map((r) => r[2]).filter(Boolean)).sort((a, b) => b - a));
    $("level").append(...unique(rows.map((r) => r[6]).filter(Boolean)).map((l) => make("option", { value: l }, LEVELS[l] || l)));
    const place = (r) => r[7] || unique([r[3], r[4], r[5]].filter(Boolean)).join("");
    const again = () => {
      const [year, level, status, text] = ["year", "level", "status", "text"].map((id) => $(id).value);
      const found = rows.filter((r) => (!year || String(r[2]) === year) && (!level || r[6] === level)
        && (!status || r[12] === status) && folded(`${place(r)} ${r[1]} ${r[3] || ""}`).includes(folded(text)));
      $("count").textContent = `${found.length} 个文件`;
      pager(found, (shown) => fill($("files"), ["年份", "地区或学校", "层级", "文件", "#表格数值", "#正文数值", "#核查发现", "状态"],
        shown.map((r) => [r[2] ? String(r[2]) : "", place(r), LEVELS[r[6]] || r[6] || "",
          r[12] === "ok" ? make("a", { href: `reports/${r[0]}.html` }, r[1]) : r[1],
          number(r[9]), number(r[10]),
          r[11] ? make("a", { href: `audit.html#text=${encodeURIComponent(r[1])}` }, number(r[11])) : "0",
          r[12] === "ok" ? "已读取" : r[12] === "duplicate" ? "重复" : (r[13] || "未能读取")]))).go(0);
    };
    onFilter(again);
    for (const b of document.querySelectorAll("[data-filter-year]"))
      b.addEventListener("click", () => { $("year").value = b.dataset.filterYear; again(); $("files").scrollIntoView(); });
    for (const b of document.querySelectorAll("[data-filter-text]"))
      b.addEventListener("click", () => { $("text").value = b.dataset.filterText; again(); $("files").scrollIntoView(); });
    again();
  }
  function listed() {
    const rows = [...document.querySelectorAll("#indicators tbody tr")];
    const texts = rows.map((r) => folded(r.dataset.text));
    onFilter(() => { const t = folded($("text").value); rows.forEach((r, k) => { r.hidden = !texts[k].includes(t); }); });
  }

  // ---- one indicator
  const [YEAR, PROVINCE, CITY, ENTITY, LEVEL, EDUCATION, SCOPE, CLASS, VALUE, UNIT, RANK, N, MEDIAN, WHY, DOC, ANCHOR] = Array(16).keys();
  // The rows lie in the order of their classes: of [class, first row, rows] only the chosen one's pieces are read.
  async function indicator(key, size, classes, direction, name) {
    const chosen = new Set();
    let rows = [];
    const load = async () => {
      const wanted = $("class").value, [, first, n] = classes.find((c) => c[0] === wanted) || ["", 0, 0];
      const from = Math.floor(first / size), to = Math.floor((first + n - 1) / size);
      const read = await Promise.all(Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => need(`${key}-${from + k}`)));
      if ($("class").value === wanted) rows = read.flat().filter((r) => r[CLASS] === wanted);
    };
    const group = (r) => [r[SCOPE] === "school" ? "学校" : LEVELS[r[LEVEL]] || r[LEVEL], r[EDUCATION], r[UNIT]].filter(Boolean).join(" · ");
    const most = (list) => { const c = new Map(); list.forEach((x) => c.set(x, (c.get(x) || 0) + 1)); return [...c].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map((x) => x[0]); };
    options($("class"), classes.map((c) => c[0]));
    const again = (event) => {
      const origin = event && event.target.id;
      if (!origin || origin === "class") {
        refill("group", most(rows.map(group)));
        refill("province", unique(rows.map((r) => r[PROVINCE]).filter(Boolean)).sort(), true);
      }
      const ofGroup = rows.filter((r) => group(r) === $("group").value);
      if (!origin || ["class", "group", "province"].includes(origin))
        refill("city", unique(ofGroup.filter((r) => !$("province").value || r[PROVINCE] === $("province").value).map((r) => r[CITY]).filter(Boolean)).sort(), true);
      if (!origin || ["class", "group"].includes(origin)) refill("year", unique(ofGroup.map((r) => r[YEAR])).sort((a, b) => b - a), true);
      if (!origin) $("year").value = most(ofGroup.map((r) => r[YEAR])).sort((a, b) => b - a)[0] ?? "";
      const text = folded($("text").value);
      const placed = ofGroup.filter((r) => (!$("province").value || r[PROVINCE] === $("province").value)
        && (!$("city").value || r[CITY] === $("city").value) && folded(r[ENTITY]).includes(text));
      const shown = placed.filter((r) => !$("year").value || String(r[YEAR]) === $("year").value);
      $("count").textContent = `${shown.length} 个值，${unique(shown.map((r) => r[ENTITY])).length} 个${$("group").value.split(" ")[0] || "主体"}`;
      pager(shown, (page) => fill($("values"), ["图中突出", "年份", "名称", "#数值", "#位次", "#中位数", "说明", "出处"], page.map((r) => [
        make("input", { type: "checkbox", "aria-label": `在图中突出${r[ENTITY]}`, checked: chosen.has(r[ENTITY]), onchange: (e) => { e.stopPropagation(); chosen[e.target.checked ? "add" : "delete"](r[ENTITY]); draw(); } }),
        String(r[YEAR]), r[ENTITY], `${number(r[VALUE])}${r[UNIT] ? " " + r[UNIT] : ""}`, r[RANK] ? `${r[RANK]}/${r[N]}` : "–", number(r[MEDIAN]), r[WHY] || "",
        make("a", { href: `../reports/${r[DOC]}.html#${r[ANCHOR]}`, class: "place", "aria-label": `${r[ENTITY]}${r[YEAR]}年的原文` }, "原文")]))).go(0);
      const draw = () => charts(placed, shown, chosen, direction, name);
      draw();
    };
    onFilter(async (event) => { if (event.target.id === "class") await load(); again(event); });
    await load();
    again();
  }
  const config = { font: "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif", view: { stroke: null }, axis: { gridColor: "#e6e9ec", labelLimit: 180 } };
  const embed = (id, spec) => window.vegaEmbed($(id), { $schema: "https://vega.github.io/schema/vega-lite/v6.json", config, ...spec }, { actions: false, renderer: "svg" });
  function charts(placed, shown, chosen, direction, name) {
    const drawn = (r) => ({ 名称: r[ENTITY], 年份: r[YEAR], 数值: r[VALUE], 参加排名: r[RANK] ? "是" : "否" });
    const rows = placed.map(drawn), last = shown.map(drawn), years = unique(rows.map((r) => r["年份"]));
    const places = unique(rows.map((r) => r["名称"])), few = places.length <= LINES;
    const bright = few ? places : places.filter((p) => chosen.has(p)).slice(0, LINES);
    const tooltip = ["名称", "年份", "数值"].map((field) => ({ field, type: field === "名称" ? "nominal" : field === "年份" ? "ordinal" : "quantitative" }));
    const x = { field: "年份", type: "ordinal", axis: { labelAngle: 0 } }, y = { field: "数值", type: "quantitative", title: null, scale: { zero: false } };
    $("lines").hidden = years.length < 2;
    if (years.length > 1) embed("lines", { width: "container", height: 280, data: { values: rows }, title: "历年（虚线为中位数）", layer: [
      ...(few ? [] : [{ transform: [{ filter: { not: { field: "名称", oneOf: bright } } }], mark: { type: "line", color: GREY, opacity: 0.4, strokeWidth: 1 }, encoding: { x, y, detail: { field: "名称" }, tooltip } }]),
      ...(bright.length ? [{ transform: [{ filter: { field: "名称", oneOf: bright } }], mark: { type: "line", point: true }, encoding: { x, y, color: { field: "名称", type: "nominal", title: null, legend: { orient: "bottom", columns: 3 } }, tooltip } }] : []),
      { mark: { type: "line", color: RED, strokeDash: [5, 3] }, encoding: { x, y: { ...y, aggregate: "median" } } }] });
    const one = unique(last.map((r) => r["年份"])).length === 1;
    $("bars").hidden = !one;
    if (!one) return;
    const title = `${last[0]["年份"]}年（虚线为中位数）`;
    const rule = { mark: { type: "rule", color: RED, strokeDash: [5, 3] }, encoding: { x: { field: "数值", aggregate: "median", type: "quantitative" } } };
    if (last.length <= BARS) embed("bars", { width: "container", height: 24 + 19 * last.length, data: { values: last }, title, layer: [
      { mark: "bar", encoding: { y: { field: "名称", type: "nominal", title: null, sort: last.slice().sort((a, b) => (direction === "lower" ? 1 : -1) * (a["数值"] - b["数值"])).map((r) => r["名称"]) },
        x: { field: "数值", type: "quantitative", title: null }, color: { field: "参加排名", scale: { domain: ["是", "否"], range: [BLUE, "#c9cfd4"] }, legend: last.some((r) => r["参加排名"] === "否") ? { title: "参加排名", orient: "bottom" } : null }, tooltip } }, rule] });
    else embed("bars", { width: "container", height: 280, data: { values: last }, title: `${last[0]["年份"]}年的分布（虚线为中位数）`, layer: [
      { mark: { type: "bar", color: BLUE }, encoding: { x: { field: "数值", bin: { maxbins: 30 }, title: name }, y: { aggregate: "count", title: "个数" } } }, rule] });
  }

  // ---- one report
  function report(steps) {
    const data = JSON.parse($("data").textContent), codes = JSON.parse($("codes").textContent);
    const aside = $("told"), inside = aside.querySelector("div"), marks = [...document.querySelectorAll("article .v, article .n")];
    let on = null, held = false;
    const line = (name, value) => value === undefined || value === "" ? [] : [make("dt", {}, name), make("dd", {}, value)];
    const shown = (v, unit) => `${number(v)}${unit ? " " + unit : ""}`;
    function one(v, first) {
      const name = v.id ? make("a", { href: `../indicators/${v.id.replace(/[^A-Za-z0-9_.-]/g, "-")}.html` }, v.i) : (v.i || "（未识别）");
      const value = v.v === undefined ? { illegible: "未能读出", not_applicable: "不适用" }[v.x] || "–" : shown(v.v, v.u) + (v.h === undefined ? "" : ` 至 ${shown(v.h, v.u)}`);
      return [make("h3", {}, name), make("dl", {},
        ...line("原文", v.p), ...line("标签", v.l), ...line("数值", value),
        ...line("标准值", v.s === undefined || (v.s === v.v && v.su === v.u) ? undefined : shown(v.s, v.su)),
        ...line("时期", v.y === undefined ? undefined : String(v.y)), ...line("主体", v.e), ...line("分类", v.c),
        ...line("精确程度", v.q === "exact" ? undefined : codes.qualifier[v.q] || v.q), ...line("性质", v.r === "level" ? undefined : codes.relation[v.r] || v.r),
        ...line("规则", v.w), ...line("把握", v.k === undefined ? undefined : `${Math.round(v.k * 100)} %`),
        ...line("可比数据", v.pref === undefined ? "未进入（指标未识别或没有数值）" : v.pref ? "首选" : "另有首选出处")),
      ...(v.f || []).map((f) => make("p", {}, make("span", { class: `tag ${f[1]}` }, { error: "错误", warning: "存疑", info: "提示" }[f[1]]), " ",
        make("a", { href: `../audit.html#${f[0]}` }, f[2]))),
      ...(steps && first ? [make("button", { type: "button", class: "link how", onclick: (e) => how(e.target, first) }, "怎样读出")] : [])];
    }
    async function how(button, anchor) {
      const told = await need(steps), said = (k) => told.s[k];
      const parts = Object.keys(told.v).filter((k) => k === anchor || k.startsWith(`${anchor}.`));
      button.replaceWith(make("ol", { class: "steps" }, ...parts.flatMap((k) => told.v[k]).map(([key, found, way, seen, rule]) => make("li", {},
        make("b", {}, said(key)), " ", said(found) || "—", make("small", {}, [said(way), said(seen)].filter(Boolean).join("："), said(rule) ? make("code", {}, said(rule)) : "")))));
    }
    // The command that tells the same, ready to be copied into a shell.
    function replay(place) {
      const file = data.source.includes("://") ? data.source : `raw/${data.source}`;
      return make("p", { class: "note" }, "逐步重读：", make("code", {}, `nianbao explain '${file.replaceAll("'", "'\\''")}' --at ${place}`));
    }
    // What was clicked, or come to by key or address, stays while the pointer crosses other numbers on its way to the panel.
    function show(mark, by) {
      held = by !== "hover";
      if (on) on.classList.remove("on");
      on = mark;
      mark.classList.add("on");
      const values = (mark.dataset.v || "").split(" ").filter(Boolean).map((k) => data.values[k]);
      const notes = (mark.dataset.n || "").split(" ").filter(Boolean).map((k) => data.notes[k]);
      inside.replaceChildren(...values.flatMap((v, k) => one(v, k === values.length - 1 && mark.id)),
        ...notes.flatMap((n) => [make("h3", {}, "看到而未采用"), make("p", {}, n[0]), make("p", { class: "note" }, make("code", {}, n[1]))]),
        replay(mark.id.replace("-", ":")));
      aside.hidden = false;
      if (by === "choice") { mark.focus({ preventScroll: true }); if (mark.id) history.replaceState(null, "", `#${mark.id}`); }
    }
    const article = $("article");
    article.addEventListener("mouseover", (e) => { const m = e.target.closest(".v, .n"); if (m && !held && matchMedia("(min-width: 62rem)").matches) show(m, "hover"); });
    article.addEventListener("click", (e) => { const m = e.target.closest(".v, .n"); if (m) show(m, "choice"); else held = false; });
    article.addEventListener("focusin", (e) => { const m = e.target.closest(".v, .n"); if (m && m !== on) show(m, "focus"); });
    const close = () => { aside.hidden = true; held = false; if (on) on.classList.remove("on"); };
    aside.querySelector(".close").addEventListener("click", close);
    const go = (by) => {
      const at = marks.indexOf(on);
      const next = marks[at < 0 ? 0 : (at + by + marks.length) % marks.length];
      if (next) { show(next, "choice"); next.scrollIntoView({ block: "center" }); }
    };
    document.addEventListener("keydown", (e) => {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === "n") go(1); else if (e.key === "p") go(-1); else if (e.key === "Escape") close();
    });
    if (marks.length) marks[0].tabIndex = 0;
    const aim = () => {
      const mark = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
      if (mark && mark.matches(".v, .n")) { show(mark, "address"); mark.scrollIntoView({ block: "center", behavior: "instant" }); }
    };
    window.addEventListener("hashchange", aim);
    aim();
  }

  // ---- audit
  async function audit(n) {
    let rows = await need("findings-0"), page = 0, touched = false;
    const NAMES = { error: "错误", warning: "存疑", info: "提示" };
    const fillOptions = () => {
      refill("check", unique(rows.map((r) => r[2])).sort(), true);
      refill("year", unique(rows.map((r) => r[3]).filter(Boolean)).sort((a, b) => b - a), true);
    };
    const side = (doc, anchor, place, text) => place || text ? make("div", {},
      doc && anchor ? make("a", { href: `reports/${doc}.html#${anchor}`, class: "place" }, place || "原文") : (place || ""), make("br"), make("q", {}, text || "")) : "";
    const item = (r) => make("li", { id: r[0] },
      make("p", {}, make("span", { class: `tag ${r[1]}` }, NAMES[r[1]]), " ", make("strong", {}, r[2]), " ", make("span", { class: "note" }, `${r[3] || ""} ${r[4] || ""}`)),
      make("p", {}, r[5]), r[6] ? make("p", { class: "note" }, `可能的原因：${r[6]}`) : "",
      make("div", { class: "sides" }, side(r[7], r[10], r[8], r[9]), side(r[11], r[14], r[12], r[13])));
    const again = (aimed, to = 0) => {
      const [severity, check, year, text] = ["severity", "check", "year", "text"].map((id) => $(id).value);
      const found = rows.filter((r) => (!severity || r[1] === severity) && (!check || r[2] === check) && (!year || String(r[3]) === year)
        && (!text || folded(`${r[4]} ${r[5]} ${r[6] || ""}`).includes(folded(text))));
      $("count").textContent = `${found.length} 条`;
      const pages = pager(found, (shown, at) => { page = at; $("findings").replaceChildren(...shown.map(item)); });
      const at = typeof aimed === "string" ? found.findIndex((r) => r[0] === aimed) : -1;
      pages.go(at < 0 ? to : pages.pageOf(at));
      if (at >= 0) { const li = $(aimed); li.classList.add("aim"); li.scrollIntoView({ block: "center", behavior: "instant" }); }
    };
    onFilter(() => { touched = true; again(); });
    const start = () => {
      const hash = decodeURIComponent(location.hash.slice(1));
      if (hash.startsWith("text=")) { $("text").value = hash.slice(5); again(); } else again(hash);
    };
    window.addEventListener("hashchange", start);
    fillOptions();
    start();
    if (n === 1) return;
    // The gravest are there at once; all the others come while they are being read.
    $("count").textContent += "，其余读取中……";
    rows = await pieces("findings", n);
    fillOptions();
    if (touched || page > 0) again(null, page); else start();
  }

  document.addEventListener("DOMContentLoaded", search);
  return { got, files, listed, indicator, report, audit };
})();
