(() => {
"use strict";
const starts = [];
const begin = () => starts.forEach((start) => start());
const fill = (text, words) => (text || "").replace(/\{(\w+)\}/g, (all, name) => (name in words ? words[name] : all));
const clock = (moment) => {
const time = new Date(moment);
return `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
};
const memory = {
read(key) {
try {
return JSON.parse(localStorage.getItem(`tinhso:${key}`));
} catch {
return null;
}
},
write(key, value) {
try {
localStorage.setItem(`tinhso:${key}`, JSON.stringify(value));
return true;
} catch {
return false;
}
},
drop(key) {
try {
localStorage.removeItem(`tinhso:${key}`);
} catch {
return;
}
},
keys(start) {
try {
return Object.keys(localStorage)
.filter((key) => key.startsWith(`tinhso:${start}`))
.map((key) => key.slice(7));
} catch {
return [];
}
},
};
starts.push(() => {
document.documentElement.classList.add("js");
const first = document.querySelector("[data-focus]");
if (first) first.focus();
});
document.addEventListener("click", (event) => {
const close = event.target.closest("[data-close]");
if (close) close.closest(".banner").remove();
if (event.target.closest("[data-print]")) window.print();
const fault = event.target.closest(".govuk-error-summary a[href^='#']");
const field = fault && document.getElementById(fault.hash.slice(1));
if (!field) return;
event.preventDefault();
(field.closest("fieldset, .govuk-form-group") || field).scrollIntoView();
field.focus({ preventScroll: true });
});
document.addEventListener("submit", (event) => {
const form = event.target;
if (form.method !== "post" || form.matches("[data-draft-url], [data-draft-local]")) return;
if (form.dataset.busy) {
event.preventDefault();
return;
}
form.dataset.busy = "1";
setTimeout(() => delete form.dataset.busy, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach((form) => delete form.dataset.busy));
const MONTH = 30 * 24 * 3600 * 1000;
const DRAFTS = "form[data-draft-url], form[data-draft-local]";
const UNANSWERED_AT_MOST = 5;
const draftForms = () => [...document.querySelectorAll(DRAFTS)];
const keyOf = (form) => `draft:${form.dataset.draftKey || form.getAttribute("action") || location.pathname}`;
const versionOf = (form) => form.dataset.draftVersion || "";
const timers = new WeakMap();
const unanswered = new WeakMap(); // what was posted without an answer so far, as text: the server may have it
const isLocal = (form) => !form.dataset.draftUrl;
const say = (form, state, words = {}) => {
const place = form.querySelector("[data-draft-state]");
if (!place) return;
const text = state[0].toUpperCase() + state.slice(1);
place.dataset.state = state;
place.textContent = fill(place.dataset[`text${text}`], { time: clock(Date.now()), ...words });
};
const fieldsOf = (form) =>
[...new FormData(form)].filter(([name, value]) => {
const field = form.elements[name];
return typeof value === "string" && !(field && ["hidden", "password"].includes(field.type));
});
const textOf = (form) => JSON.stringify(fieldsOf(form));
const hasFiles = (form) => [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
const keep = (form, more = {}) =>
memory.write(keyOf(form), {
at: Date.now(),
base: versionOf(form),
page: location.pathname + location.search,
title: document.title,
fields: fieldsOf(form),
posted: unanswered.get(form) || [],
...more,
});
const ask = async (address, options) => {
const stop = new AbortController();
const timer = setTimeout(() => stop.abort(), 60000);
try {
return await fetch(address, { credentials: "same-origin", signal: stop.signal, ...options });
} finally {
clearTimeout(timer);
}
};
const asksToSignIn = (answer) => answer.status === 401 || (answer.redirected && new URL(answer.url).searchParams.has("next"));
const tokenOf = (form) => (form.elements.csrfmiddlewaretoken || {}).value || "";
const save = async (form) => {
if (isLocal(form)) {
say(form, "kept");
return;
}
if (form.dataset.saving) {
form.dataset.saveAgain = "1";
return;
}
form.dataset.saving = "1";
const sent = textOf(form);
unanswered.set(form, [...(unanswered.get(form) || []), sent].slice(-UNANSWERED_AT_MOST));
if (!form.dataset.busy && !form.dataset.queued) keep(form);
say(form, "saving");
await post(form, sent);
delete form.dataset.saving;
if (!form.dataset.saveAgain || !form.isConnected) return;
delete form.dataset.saveAgain;
saveSoon(form);
};
const post = async (form, sent) => {
let answer;
try {
answer = await ask(form.dataset.draftUrl, {
method: "POST",
headers: { "X-CSRFToken": tokenOf(form), "X-Draft-Version": versionOf(form), Accept: "application/json" },
body: new URLSearchParams(JSON.parse(sent)),
});
} catch {
say(form, "offline");
return;
}
if (!form.isConnected) return; // another page stands here by now; the copy is its own affair
if (asksToSignIn(answer) || answer.status === 403) say(form, "expired");
else if (answer.status === 409) await settle(form, answer);
else if (!answer.ok) say(form, "offline");
else await saved(form, answer, sent);
};
const saved = async (form, answer, sent) => {
const told = await answer.json().catch(() => ({}));
if (told.version !== undefined) form.dataset.draftVersion = told.version;
unanswered.delete(form);
if (form.dataset.busy || form.dataset.queued) return;
const copy = memory.read(keyOf(form));
if (textOf(form) !== sent) keep(form);
else if (copy && JSON.stringify(copy.fields) === sent) memory.drop(keyOf(form));
say(form, "saved", told.saved_at ? { time: told.saved_at } : {});
};
const settle = async (form, answer) => {
const told = await answer.json().catch(() => ({}));
const there = await theirs(form);
const own = [...(unanswered.get(form) || []).slice(0, -1), textOf(form)];
const goOn = () => {
form.dataset.draftVersion = told.version;
keep(form);
saveSoon(form);
};
if (told.version !== undefined && there && own.includes(there)) goOn();
else offerCopy(form, memory.read(keyOf(form)) || { at: Date.now(), fields: fieldsOf(form) }, told.version);
};
const theirs = async (form) => {
try {
const answer = await ask(location.href, {});
const page = new DOMParser().parseFromString(await answer.text(), "text/html");
const same = [...page.querySelectorAll(DRAFTS)].find((each) => keyOf(each) === keyOf(form));
return same ? textOf(same) : null;
} catch {
return null;
}
};
const saveSoon = (form) => {
clearTimeout(timers.get(form));
timers.set(form, setTimeout(() => save(form), Number(form.dataset.draftDelay || 1500)));
};
const putBack = (form, fields) => {
const left = new Map();
fields.forEach(([name, value]) => left.set(name, [...(left.get(name) || []), value]));
[...form.elements].forEach((field) => {
if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) return;
const values = left.get(field.name) || [];
if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
else if (values.length) field.value = values.shift();
});
};
const useCopy = (form, copy) => {
putBack(form, copy.fields);
say(form, "restored", { time: clock(copy.at) });
if (!copy.queued) {
saveSoon(form);
return;
}
if (copy.key && form.elements.idempotency_key) form.elements.idempotency_key.value = copy.key;
if (!copy.files) send(form, copy.button);
};
const offerCopy = (form, copy, version) => {
say(form, "conflict", { time: clock(copy.at) });
const place = form.querySelector("[data-draft-state]");
if (!place) return;
const button = document.createElement("button");
button.type = "button";
button.className = "govuk-button govuk-button--link";
button.textContent = place.dataset.textUse;
button.addEventListener("click", () => {
const typedHere = version === undefined ? copy : { ...copy, at: Date.now(), fields: fieldsOf(form) };
if (version !== undefined) form.dataset.draftVersion = version;
useCopy(form, { ...typedHere, queued: false });
});
place.append(" ", button);
};
const restore = (form) => {
const copy = memory.read(keyOf(form));
if (!copy) return;
const posted = copy.posted || [];
const there = textOf(form);
const same = copy.base === versionOf(form) || posted.includes(there);
const done = !copy.queued && JSON.stringify(copy.fields) === there;
if (done || Date.now() - copy.at > MONTH || (!same && copy.sent && !copy.queued)) {
memory.drop(keyOf(form));
return;
}
unanswered.set(form, posted);
if (same || copy.queued) useCopy(form, copy);
else offerCopy(form, copy);
};
document.addEventListener("input", (event) => {
const form = event.target.form;
if (!form || !form.matches(DRAFTS)) return;
if (form.dataset.queued) {
const { queued, sent, key, button } = memory.read(keyOf(form)) || {};
keep(form, { queued, sent, key, button, files: hasFiles(form) });
return;
}
keep(form);
saveSoon(form);
});
document.addEventListener("submit", (event) => {
const form = event.target;
if (!form.matches("[data-sign-out]")) return;
memory.keys("draft:").forEach((key) => (memory.read(key) || {}).queued || memory.drop(key));
});
starts.push(() => draftForms().forEach(restore));
let shown = location.pathname + location.search;
const show = (answer, text) => {
const next = new DOMParser().parseFromString(text, "text/html");
document.title = next.title;
document.documentElement.lang = next.documentElement.lang;
document.body.replaceWith(document.adoptNode(next.body));
if (answer.url !== location.href) history.pushState(null, "", answer.url);
shown = location.pathname + location.search;
window.scrollTo(0, 0);
const main = document.getElementById("main");
if (main) main.focus({ preventScroll: true });
begin();
};
const bodyOf = (form, button) => {
const body = new FormData(form);
if (button) body.append(...button);
return form.enctype === "multipart/form-data" ? body : new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
};
const wait = (form, kept) => {
keep(form, { ...kept, queued: true });
delete form.dataset.busy;
form.dataset.queued = "1";
say(form, "queued");
};
const send = async (form, button) => {
if (form.dataset.busy) return;
form.dataset.busy = "1";
clearTimeout(timers.get(form));
const key = (form.elements.idempotency_key || {}).value || "";
const kept = { sent: true, button, key, files: hasFiles(form) };
keep(form, kept);
say(form, "sending");
let answer;
let text;
try {
answer = await ask(form.action, { method: "POST", body: bodyOf(form, button), headers: key ? { "Idempotency-Key": key } : {} });
text = await answer.text();
} catch {
wait(form, kept);
return;
}
if ([502, 503, 504].includes(answer.status)) {
wait(form, kept);
return;
}
if (answer.status < 500 && answer.status !== 403 && !asksToSignIn(answer)) memory.drop(keyOf(form));
if ((answer.headers.get("Content-Type") || "").includes("text/html")) show(answer, text);
else location.assign(answer.url);
};
const again = () => {
if (navigator.onLine === false) return;
draftForms().forEach((form) => {
const place = form.querySelector("[data-draft-state]");
const copy = memory.read(keyOf(form)) || {};
if (form.dataset.queued) send(form, copy.button);
else if (place && place.dataset.state === "offline") save(form);
});
};
document.addEventListener("submit", (event) => {
const form = event.target;
if (event.defaultPrevented || !form.matches(DRAFTS)) return;
event.preventDefault();
const button = event.submitter && event.submitter.name ? [event.submitter.name, event.submitter.value] : null;
send(form, button);
});
window.addEventListener("online", again);
setInterval(again, 15000);
window.addEventListener("popstate", () => {
if (location.pathname + location.search !== shown) location.reload();
});
window.addEventListener("beforeunload", (event) => {
if (draftForms().some((form) => form.dataset.queued && hasFiles(form))) event.preventDefault();
});
starts.push(() => {
const place = document.querySelector("[data-draft-queue]");
if (!place) return;
const here = draftForms().map(keyOf);
const waiting = memory.keys("draft:").filter((key) => !here.includes(key) && (memory.read(key) || {}).queued);
place.hidden = !waiting.length;
place.textContent = waiting.length ? place.dataset.text : "";
waiting.forEach((key) => {
const copy = memory.read(key);
const link = document.createElement("a");
link.href = copy.page;
link.textContent = `${copy.title}: ${place.dataset.textOpen}`;
place.append(" ", link);
});
});
const ROW = "[data-list] .table__row";
const rowsOf = () => [...document.querySelectorAll(ROW)];
const rowHere = () => document.activeElement && document.activeElement.closest(ROW);
const linkOf = (row) => row.querySelector("th a[href], td a[href]");
const keysAreOn = () => memory.read("shortcuts") !== false;
const go = (by) => {
const rows = rowsOf();
if (!rows.length) return;
const here = rows.indexOf(rowHere());
const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
const goal = linkOf(rows[next]) || rows[next].querySelector("[data-pick]");
if (goal) goal.focus();
const said = document.querySelector("[data-row-said]");
const cells = [...rows[next].querySelectorAll("th, td:not(.table__pick)")].map((cell) => cell.innerText.replace(/\s+/g, " "));
if (said) said.textContent = fill(said.dataset.textRow, { at: next + 1, of: rows.length, row: cells.join(", ") });
};
const tick = () => {
const box = rowHere() && rowHere().querySelector("[data-pick]");
if (box) box.click();
};
const enter = () => {
const link = rowHere() && document.activeElement.matches("[data-pick]") && linkOf(rowHere());
if (link) link.click();
return Boolean(link);
};
const search = () => {
const field = document.querySelector("[data-search]") || document.querySelector("input[type=search]");
if (field) field.focus();
};
const tell = () => {
const box = document.querySelector("[data-keys]");
if (box && !box.open) box.showModal();
};
const KEYS = { j: () => go(1), k: () => go(-1), x: tick, Enter: enter, "/": search, "?": tell };
const ANYWHERE = ["/", "?"];
document.addEventListener("keydown", (event) => {
const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])");
if (event.ctrlKey || event.metaKey || event.altKey || typing || !keysAreOn()) return;
const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
if (!act || document.querySelector("dialog[open]")) return;
if (!ANYWHERE.includes(event.key) && !document.querySelector("[data-list]")) return;
if (act() !== false) event.preventDefault();
});
const recount = () => {
const boxes = [...document.querySelectorAll("[data-pick]")];
const picked = boxes.filter((box) => box.checked).length;
boxes.forEach((box) => box.closest("tr").classList.toggle("table__row--selected", box.checked));
const all = document.querySelector("[data-pick-all]");
if (all) {
all.checked = boxes.length > 0 && picked === boxes.length;
all.indeterminate = picked > 0 && picked < boxes.length;
}
const bar = document.querySelector("[data-actions]");
if (!bar) return;
const count = bar.querySelector("[data-count]");
if (count) count.textContent = picked ? fill(bar.dataset.textCount, { count: picked }) : bar.dataset.textNone;
bar.querySelectorAll("button[form]").forEach((button) => {
button.dataset.picked = picked ? `(${picked})` : "";
});
const toggle = bar.querySelector("[data-pick-toggle]");
if (!toggle) return;
toggle.hidden = !boxes.length;
toggle.textContent = fill(picked ? toggle.dataset.textNone : toggle.dataset.textAll, { count: boxes.length });
};
const pickAll = (picked) => {
document.querySelectorAll("[data-pick]").forEach((box) => {
box.checked = picked;
});
recount();
};
document.addEventListener("change", (event) => {
if (event.target.matches("[data-pick-all]")) pickAll(event.target.checked);
else if (event.target.matches("[data-pick]")) recount();
});
document.addEventListener("click", (event) => {
if (event.target.closest("[data-keys-open]")) tell();
if (event.target.closest("[data-pick-toggle]")) pickAll(!document.querySelector("[data-pick]:checked"));
});
const showKeys = () => {
const button = document.querySelector("[data-shortcuts]");
if (!button) return;
button.textContent = keysAreOn() ? button.dataset.textOn : button.dataset.textOff;
button.setAttribute("aria-pressed", String(keysAreOn()));
};
document.addEventListener("click", (event) => {
if (!event.target.closest("[data-shortcuts]")) return;
memory.write("shortcuts", !keysAreOn());
showKeys();
});
starts.push(showKeys, () => document.querySelector("[data-pick]") && recount());
const shows = (link) => link.dataset.view === "image" || (link.dataset.view === "pdf" && navigator.pdfViewerEnabled);
const viewable = () => [...document.querySelectorAll("a[data-view]")].filter(shows);
const viewer = () => document.querySelector("dialog[data-viewer]");
let looked = null;
const boxOf = (link) => link.closest(".table__row") && link.closest(".table__row").querySelector("[data-pick]");
const look = (link) => {
const box = viewer();
const links = viewable();
const at = links.indexOf(link);
if (!box || at < 0) return;
looked = link;
const frame = document.createElement(link.dataset.view === "image" ? "img" : "iframe");
frame.src = link.href;
frame[link.dataset.view === "image" ? "alt" : "title"] = link.dataset.viewTitle;
frame.className = "viewer__frame";
box.querySelector("[data-viewer-frame]").replaceChildren(frame);
box.querySelector("[data-viewer-title]").textContent = link.dataset.viewTitle;
const place = box.querySelector("[data-viewer-place]");
place.textContent = links.length > 1 ? fill(place.dataset.text, { at: at + 1, of: links.length }) : "";
box.querySelector("[data-viewer-alone]").href = link.href;
box.querySelectorAll("[data-viewer-go]").forEach((button) => {
button.hidden = links.length < 2;
button.disabled = !links[at + Number(button.dataset.viewerGo)];
});
const pick = box.querySelector("[data-viewer-pick]");
const row = boxOf(link);
pick.closest("label").hidden = !row;
pick.checked = Boolean(row && row.checked);
if (!box.open) box.showModal();
};
const lookOn = (by) => {
const links = viewable();
const next = links[links.indexOf(looked) + by];
if (next) look(next);
};
const pickLooked = (picked) => {
const box = boxOf(looked);
if (!box) return;
box.checked = picked;
viewer().querySelector("[data-viewer-pick]").checked = picked;
recount();
};
document.addEventListener("click", (event) => {
const link = event.target.closest("a[data-view]");
if (link && shows(link) && viewer() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
event.preventDefault();
look(link);
}
const go = event.target.closest("[data-viewer-go]");
if (go) lookOn(Number(go.dataset.viewerGo));
});
document.addEventListener("change", (event) => {
if (event.target.matches("[data-viewer-pick]")) pickLooked(event.target.checked);
});
document.addEventListener("keydown", (event) => {
if (!viewer() || !viewer().open || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
const key = event.key.toLowerCase();
if (["j", "arrowright"].includes(key)) lookOn(1);
else if (["k", "arrowleft"].includes(key)) lookOn(-1);
else if (key === "x" && boxOf(looked)) pickLooked(!boxOf(looked).checked);
else return;
event.preventDefault();
});
starts.push(() => {
const box = viewer();
if (!box) return;
box.addEventListener("close", () => {
box.querySelector("[data-viewer-frame]").replaceChildren();
if (looked && looked.isConnected) looked.focus();
});
});
KEYS.p = () => {
const link = rowHere() && rowHere().querySelector("a[data-view]");
if (link) link.click();
return Boolean(link);
};
const megabytes = (bytes) => `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;
const shrink = async (file, side) => {
if (!/^image\/(jpeg|png|webp)$/.test(file.type) || !window.createImageBitmap) return file;
const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
const scale = Math.min(1, side / Math.max(picture.width, picture.height));
if (scale === 1 && file.size < 400000) return file;
const canvas = document.createElement("canvas");
canvas.width = Math.round(picture.width * scale);
canvas.height = Math.round(picture.height * scale);
const brush = canvas.getContext("2d");
brush.fillStyle = "#fff";
brush.fillRect(0, 0, canvas.width, canvas.height);
brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
if (!blob || blob.size >= file.size) return file;
return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
};
document.addEventListener("change", async (event) => {
const field = event.target;
if (!field.matches("input[type=file]") || !field.files.length) return;
const place = document.querySelector(`[data-file-state="${field.id}"]`);
const chosen = [...field.files];
const side = Number(field.dataset.shrink || 0);
const limit = Number(field.dataset.maxBytes || 0);
const made = side ? await Promise.all(chosen.map((file) => shrink(file, side).catch(() => file))) : chosen;
const large = limit && made.find((file) => file.size > limit);
let text = "";
if (large) {
text = fill(field.dataset.textLarge, { name: large.name, before: megabytes(large.size), limit: megabytes(limit) });
field.value = "";
} else if (made.some((file, number) => file !== chosen[number])) {
const box = new DataTransfer();
made.forEach((file) => box.items.add(file));
field.files = box.files;
const sum = (files) => megabytes(files.reduce((total, file) => total + file.size, 0));
text = fill(field.dataset.textSmall, { before: sum(chosen), after: sum(made) });
}
if (place) place.textContent = text;
});
const SLOWEST = 60000;
const PATIENCE = 15000;
const MOMENTS = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" };
const DAYS = { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" };
const startBoard = (board) => {
const every = Number(board.dataset.every) * 1000;
const banner = document.querySelector("[data-lost]");
const language = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
const [times, days] = [MOMENTS, DAYS].map((parts) => new Intl.DateTimeFormat(language, parts));
const pages = [...board.querySelectorAll("[data-wall-page]")];
const state = { mark: "", failed: 0, heard: Date.now(), answers: 0, ahead: 0, timer: 0, asking: false };
const moment = () => Date.now() + state.ahead;
const say = (text) => {
if (!banner) return;
banner.hidden = !text;
if (banner.textContent !== text) banner.textContent = text;
};
const lose = () => {
state.failed += 1;
board.classList.add("is-lost");
say(fill(banner && banner.dataset.textLost, { time: times.format(state.heard + state.ahead) }));
};
const close = (status) => {
state.failed = 10;
state.mark = "";
board.querySelectorAll("[data-slot]").forEach((slot) => {
slot.replaceChildren();
slot.dataset.version = "";
});
say(banner && (status === 410 ? banner.dataset.textWithdrawn : banner.dataset.textClosed));
};
const keepOpen = (old, fresh) => {
const shown = [...old.querySelectorAll("details")];
fresh.querySelectorAll("details").forEach((each, place) => {
each.open = Boolean(shown[place] && shown[place].open);
});
};
const renew = (text) => {
const found = new DOMParser().parseFromString(text, "text/html");
if (!found.querySelector("[data-tiles]")) throw new Error("these are no tiles");
board.querySelectorAll("[data-slot]").forEach((slot) => {
const tile = found.querySelector(`[data-tile="${slot.dataset.slot}"]`);
const version = tile ? tile.dataset.version : "";
if (slot.dataset.version === version || slot.contains(document.activeElement)) return;
const fresh = tile ? document.importNode(tile, true) : document.createElement("div");
keepOpen(slot, fresh);
slot.replaceChildren(...fresh.childNodes);
slot.dataset.version = version;
});
};
const ask = async () => {
const answer = await fetch(board.dataset.live, {
headers: state.mark ? { "If-None-Match": state.mark } : {},
cache: "no-store",
redirect: "error",
signal: AbortSignal.timeout(PATIENCE),
});
if ([401, 403, 410].includes(answer.status)) return close(answer.status);
if (answer.status !== 304 && !answer.ok) throw new Error(answer.statusText);
if (answer.status === 200) {
renew(await answer.text());
state.mark = board.contains(document.activeElement) ? "" : answer.headers.get("ETag") || "";
}
const told = Date.parse(answer.headers.get("Date"));
if (told && Math.abs(told - moment()) > 1500) state.ahead = told - Date.now();
Object.assign(state, { failed: 0, heard: Date.now(), answers: state.answers + 1 });
board.dataset.answers = state.answers;
board.classList.remove("is-lost");
return say("");
};
const later = () => {
clearTimeout(state.timer);
const wait = Math.min(SLOWEST, every * 2 ** state.failed);
state.timer = setTimeout(look, wait + (state.failed ? Math.random() * 1000 : 0));
};
async function look() {
if (state.asking || (document.hidden && !pages.length)) return later();
state.asking = true;
try {
await ask();
} catch {
lose();
}
state.asking = false;
return later();
}
const tick = () => {
const at = moment();
const clockPlace = document.querySelector("[data-clock]");
if (clockPlace) clockPlace.textContent = `${days.format(at)} · ${times.format(at)}`;
board.querySelectorAll("[data-stale-after]").forEach((tile) => {
const age = (at - Date.parse(tile.dataset.asOf)) / 1000;
if (tile.dataset.staleAfter && age > Number(tile.dataset.staleAfter)) tile.classList.add("tile--stale");
});
const full = pages.filter((page) => page.querySelector(".tile"));
if (!full.length) return;
let place = Math.floor(at / 1000) % full.reduce((sum, page) => sum + Number(page.dataset.wallPage), 0);
const up = full.find((page) => {
place -= Number(page.dataset.wallPage);
return place < 0;
});
pages.forEach((page) => {
if (page.hidden !== (page !== up)) page.hidden = page !== up;
});
};
const now = () => {
clearTimeout(state.timer);
look();
};
window.addEventListener("online", now);
window.addEventListener("offline", now);
document.addEventListener("visibilitychange", () => document.hidden || now());
setInterval(tick, 1000);
tick();
later();
};
starts.push(() => {
const board = document.querySelector("[data-live]");
if (board) startBoard(board);
});
begin();
})();
