// The chat page: shows what the office keeps, sends what the person says, and loses neither.

const WAITS = [1, 2, 4, 8, 15]; // seconds before trying again; after the last the person decides
const LARGEST_FILE = 100 * 1024 * 1024;
const LONGEST_NOTE = 1000;
const KINDS = { "application/pdf": "PDF", "text/calendar": "kalender", "text/csv": "tabel CSV", "application/json": "data JSON", "text/plain": "tulisan" };
const SHOWN_BY_BROWSERS = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const FAMILIES = { image: "gambar", audio: "suara", video: "video" };
const LOCATING = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };

const by = (id) => document.getElementById(id);
const [log, lines, form, words, file, status, trouble, start, below] = ["log", "lines", "form", "words", "file", "status", "trouble", "start", "below"].map(by);
const chat = `/chat/${document.body.dataset.who}`;
const shown = new Map(); // key of an own line -> its item on the page
const unsent = []; // what the office has not confirmed yet, in the order it was said
const failed = new Set(); // what it did not take; the person may send it again
let chosen = []; // files to be sent with the next press
let newest = null; // the office's key of the last line the page has; null before the first answer
let stream = null;
let delivering = false;

const hour = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const dayAndHour = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// --- What was said, as elements ---

function item(line) {
  const parts = [make("p", { className: "text" }, make("span", { className: "unseen" }, line.mine ? "Anda: " : "Kantor: "), line.text ?? "")];
  if (line.document) parts.push(line.document.alt ? picture(line) : download(line));
  if (line.place) parts.push(make("p", { className: "document" }, `Titik lokasi: ${position(line.place)}`));
  if (line.file) parts.push(make("p", { className: "document" }, `Berkas: ${line.file.name} (${kind(line.file.type)}, ${size(line.file.size)})`));
  if (line.file instanceof File && SHOWN_BY_BROWSERS.includes(line.file.type)) parts.push(own(line.file));
  if (line.choices || line.words) parts.push(choices(line));
  parts.push(make("p", { className: "meta" }, time(line.at)));
  const element = make("li", { className: `line${line.mine ? " mine" : ""}${line.choices ? " asks" : ""}` }, ...parts);
  if (line.id !== undefined) element.dataset.line = line.id;
  return element;
}

function time(at) {
  const when = new Date(at);
  const today = when.toDateString() === new Date().toDateString();
  return make("time", { dateTime: at }, (today ? hour : dayAndHour).format(when));
}

function download(line) {
  const { name, type } = line.document;
  return make("a", { className: "document", href: `${chat}/files/${line.id}`, download: name }, `Unduh ${name} (${kind(type)})`);
}

// Shown in place, and opened large by a press; what is on it is said in words.
function picture(line) {
  const { name, alt } = line.document;
  const image = following(make("img", { src: `${chat}/files/${line.id}`, alt }));
  return make("a", { className: "picture", href: image.src, download: name, ariaLabel: `Unduh ${name}: ${alt}` }, image);
}

// The person's own picture, from their device: it is on this page until it is left, and its name stays.
function own(chosenFile) {
  const image = following(make("img", { className: "own", src: URL.createObjectURL(chosenFile), alt: "" }));
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.addEventListener("error", () => image.remove());
  return image;
}

// A picture that grows when it is there keeps the end of the conversation in sight.
function following(image) {
  const follow = atEnd();
  image.addEventListener("load", () => { if (follow) toEnd(); });
  return image;
}

function position({ latitude, longitude }) {
  const degrees = (value) => Math.abs(value).toFixed(5).replace(".", ",");
  return `${degrees(latitude)} ${latitude > 0 ? "LU" : "LS"}, ${degrees(longitude)} ${longitude < 0 ? "BB" : "BT"}`;
}

function kind(type) {
  return KINDS[type.split(";")[0]] ?? FAMILIES[type.split("/")[0]] ?? "berkas";
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

// A number stands only before what can be picked by it: choices of a reply that are not typed by name.
function choices(line) {
  let place = 0;
  const numbered = (button) => (line.numbered && !button.typed ? `${++place}. ` : "");
  const main = (line.choices ?? []).map((button) => choice(button, numbered(button)));
  const named = (line.words ?? []).map((button) => choice(button, numbered(button)));
  const group = make("div", { className: line.numbered ? "choices reply" : "choices" }, make("p", { className: "age" }, "Pilihan sebelumnya"));
  if (main.length) group.append(columns(main));
  if (named.length) group.append(make("div", { className: "words" }, ...named));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Pilihan");
  return group;
}

// As many columns as the longest label leaves room for.
function columns(buttons) {
  const grid = make("div", { className: "columns" }, ...buttons);
  grid.style.setProperty("--longest", Math.max(...buttons.map((button) => button.textContent.length)));
  return grid;
}

function choice({ token, label }, number) {
  const button = make("button", { type: "button" });
  if (number) button.append(make("span", { className: "number" }, number));
  button.append(label);
  button.addEventListener("click", () => press({ pressed: token, label }));
  return button;
}

// --- What arrives ---

function showHistory(all) {
  log.setAttribute("aria-live", "off"); // an old conversation is there to be read, not to be read out
  lines.replaceChildren();
  shown.clear();
  all.forEach(add);
  [...failed, ...unsent].forEach(keep);
  start.hidden = lines.childElementCount > 0;
  toEnd();
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
}

// What is not confirmed yet stays on the page, whatever the history says.
function keep(parcel) {
  if (shown.has(parcel.id)) parcel.item = shown.get(parcel.id);
  else place(parcel.id, parcel.item);
}

function showLine(line) {
  const follow = line.mine || atEnd();
  if (line.mine && shown.has(line.key)) return;
  add(line).classList.add("new");
  start.hidden = true;
  if (follow) toEnd();
  else below.hidden = false;
}

// Other words on a line that is on the page already.
function changeLine(line) {
  const old = [...lines.children].find((element) => element.dataset.line === String(line.id));
  if (old) old.replaceWith(item(line));
}

function add(line) {
  const element = item(line);
  if (!line.mine && line.numbered) lines.querySelectorAll(".reply:not(.older)").forEach(age);
  place(line.key, element);
  return element;
}

function place(key, element) {
  if (key) shown.set(key, element);
  lines.append(element);
}

function age(group) {
  group.classList.add("older");
  group.setAttribute("aria-label", "Pilihan sebelumnya");
}

function atEnd() {
  const last = lines.lastElementChild;
  return !last || last.getBoundingClientRect().top < by("form").getBoundingClientRect().top;
}

function toEnd() {
  const last = lines.lastElementChild;
  last?.scrollIntoView({ block: last.offsetHeight > window.innerHeight / 2 ? "start" : "end" });
  below.hidden = true;
}

// --- What is said ---

// 128 random bits. (crypto.randomUUID exists on https only; an office may start on plain http.)
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function say(what) {
  const id = newKey();
  const line = { mine: true, at: new Date().toISOString(), text: what.text ?? what.label ?? what.note, file: what.file, place: what.place };
  const parcel = { id, what, item: item(line) };
  parcel.item.classList.add("new");
  place(id, parcel.item);
  start.hidden = true;
  toEnd();
  queue(parcel);
}

function queue(parcel) {
  failed.delete(parcel);
  settle(parcel.item);
  parcel.item.querySelector(".meta").prepend(make("span", { className: "state" }, "Mengirim…"));
  unsent.push(parcel);
  deliver();
}

// One after the other: what was said first arrives first, however often it has to be tried.
async function deliver() {
  if (delivering) return;
  delivering = true;
  for (; unsent.length; unsent.shift()) {
    const fault = await attempts(unsent[0]);
    if (fault) fail(unsent[0], fault);
    else settle(unsent[0].item);
  }
  delivering = false;
}

// Undefined when it is kept, else what to tell the person. Trying again uses the same key, so twice is once.
async function attempts(parcel) {
  let fault;
  for (const wait of [0, ...WAITS]) {
    await sleep(wait);
    const answer = await post(parcel).catch(() => null);
    if (answer?.ok) return undefined;
    fault = answer?.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : "Sambungan ke kantor terputus.";
    if (answer && answer.status < 500 && answer.status !== 429) break;
  }
  return fault;
}

function post({ id, what }) {
  const signal = AbortSignal.timeout(what.file ? 900_000 : 15_000);
  if (!what.file) return fetch(chat, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ id, ...what }), signal });
  const body = new FormData();
  body.append("id", id);
  body.append("note", what.note ?? "");
  body.append("file", what.file);
  return fetch(`${chat}/files`, { method: "POST", body, signal });
}

function settle(element) {
  element.querySelectorAll(".state, .fault").forEach((part) => part.remove());
}

function fail(parcel, sentence) {
  settle(parcel.item);
  failed.add(parcel);
  const again = make("button", { type: "button" }, "Kirim ulang");
  again.addEventListener("click", () => { words.focus(); queue(parcel); });
  parcel.item.append(make("div", { className: "fault" }, `Tidak terkirim. ${sentence}`, again));
}

// A few words that are sent together with files are what is written under the first of them.
function submit() {
  const text = words.value.trim();
  const note = chosen.length && text.length <= LONGEST_NOTE ? text : "";
  if (text && !note) say({ text: words.value });
  sendChosen(note);
  words.value = "";
  words.focus();
}

// Whoever presses a button means what they chose before it as well: files go first.
function press(what) {
  sendChosen("");
  say(what);
}

function sendChosen(note) {
  chosen.forEach((one, place) => say({ file: one, note: place ? "" : note }));
  unchoose();
}

function choose() {
  const [fitting, large] = [[], []];
  for (const one of file.files) (one.size <= LARGEST_FILE ? fitting : large).push(one);
  file.value = "";
  chosen.push(...fitting);
  trouble.textContent = large.map((one) => `${one.name} lebih dari 100 MB; mohon dikecilkan atau dibagi.`).join(" ");
  showChosen();
  toEnd();
  words.focus();
}

function unchoose() {
  chosen = [];
  trouble.textContent = "";
  showChosen();
}

function showChosen() {
  const names = chosen.map((one) => `${one.name} (${size(one.size)})`).join(", ");
  by("chosen-names").textContent = names && `Akan dikirim: ${names}`;
  by("unchoose").hidden = !names;
}

// The browser asks the person first; whoever says no can write the place instead.
function sendPlace() {
  if (!navigator.geolocation || !window.isSecureContext) {
    trouble.textContent = "Peramban ini tidak bisa membagikan lokasi di sini. Mohon tulis nama tempatnya.";
    return;
  }
  trouble.textContent = "Mencari lokasi…";
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    trouble.textContent = "";
    press({ place: { latitude: coords.latitude, longitude: coords.longitude } });
    words.focus();
  }, ({ code, PERMISSION_DENIED }) => {
    trouble.textContent = code === PERMISSION_DENIED
      ? "Lokasi tidak dibagikan, dan itu tidak apa-apa. Mohon tulis nama tempatnya."
      : "Lokasi belum ditemukan. Mohon coba lagi, atau tulis nama tempatnya.";
    words.focus();
  }, LOCATING);
}

// --- The connection ---

function connect() {
  stream?.close();
  stream = new EventSource(`${chat}/events${newest === null ? "" : `?after=${encodeURIComponent(newest)}`}`);
  stream.addEventListener("open", () => tell("Terhubung", true));
  stream.addEventListener("error", () => {
    tell("Menyambung lagi…", false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3000); // the browser itself gave up
  });
  listen("history", showHistory);
  listen("line", showLine);
  listen("change", changeLine);
}

function listen(name, show) {
  stream.addEventListener(name, (event) => {
    newest = event.lastEventId;
    show(JSON.parse(event.data));
  });
}

// A live region speaks when it changes: said once, not on every heartbeat.
function tell(sentence, live) {
  if (status.textContent !== sentence) status.textContent = sentence;
  status.classList.toggle("live", live);
}

// A hidden page gives its connection back: a browser keeps only six for one address.
document.addEventListener("visibilitychange", () => (document.hidden ? stream.close() : connect()));

// Somebody comes into the room: nothing stays on the screen, and "back" does not lead here again.
function leave() {
  stream?.close();
  for (const part of [lines, trouble, by("chosen-names")]) part.replaceChildren();
  words.value = "";
  unchoose();
  document.title = "";
  window.location.replace("about:blank");
}

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
by("choose").addEventListener("click", () => file.click());
file.addEventListener("change", choose);
by("unchoose").addEventListener("click", () => { unchoose(); words.focus(); });
by("hello").addEventListener("click", () => { say({ text: "halo" }); words.focus(); });
by("place").addEventListener("click", sendPlace);
by("leave").addEventListener("click", leave);
by("menu").addEventListener("click", () => { press({ text: "/menu" }); words.focus(); });
below.addEventListener("click", () => { toEnd(); words.focus(); });
log.addEventListener("scroll", () => { if (atEnd()) below.hidden = true; });
connect();
