/** Keeps the page of activities up to date, as long as it is seen. Without script a reload does. */

const feed = document.querySelector("[data-feed]");
const live = document.querySelector("[data-live]");
const say = document.querySelector("[data-say]");
const most = 200;
let last = feed.dataset.feed;
let source = null;

function connect() {
  if (source || document.hidden) return;
  source = new EventSource(`/activity/stream?after=${last}`);
  source.addEventListener("open", () => mark(true));
  source.addEventListener("error", () => {
    mark(false);
    // Refused, not broken: whoever was looking is out. The page says why.
    if (source?.readyState === EventSource.CLOSED) location.reload();
  });
  source.addEventListener("message", ({ data, lastEventId }) => {
    last = lastEventId;
    feed.insertAdjacentHTML("afterbegin", data);
    document.querySelector("[data-empty]")?.remove();
    while (feed.children.length > most) feed.lastElementChild.remove();
    say.textContent = feed.firstElementChild.firstElementChild.textContent;
  });
}

function disconnect() {
  source?.close();
  source = null;
}

function mark(isLive) {
  live.classList.toggle("paid", isLive);
  live.textContent = isLive ? "Live" : "Connecting…";
}

document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
window.addEventListener("pagehide", disconnect);
window.addEventListener("pageshow", connect);
connect();
