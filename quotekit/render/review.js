/* Filters the page: what does not match is hidden. Speakers and outlets are told by their number. */
(() => {
  const root = document.querySelector(".qk-review");
  const form = root.querySelector("form");
  root.classList.add("qk-live");

  const tokens = (text) => (text ? text.split(" ") : []);
  const item = (element) => ({
    element,
    speakers: tokens(element.dataset.s).map(Number),
    outlets: tokens(element.dataset.o),
    dates: tokens(element.dataset.d),
    flags: tokens(element.dataset.f),
    get words() {
      const words = element.textContent.toLowerCase();
      Object.defineProperty(this, "words", { value: words });
      return words;
    },
  });
  const clusters = [...root.querySelectorAll(".qk-cluster")].map(item);
  const articles = [...root.querySelectorAll(".qk-article")].map((element) => ({
    ...item(element),
    rows: [...element.querySelectorAll(".qk-rows > li")].map(item),
  }));
  const speakers = [...root.querySelectorAll("nav li")].map((element) => ({
    element,
    button: element.firstChild,
    name: element.firstChild.textContent,
    count: element.lastChild,
  }));

  const hide = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden;
  };
  const counted = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  // The numbers of those meant: of a name in full its bearers, else of all names with these letters; null is everybody.
  const meant = (typed) => {
    const name = typed.trim().toLowerCase();
    if (!name) return null;
    const exact = speakers.flatMap((speaker, number) => (speaker.name.toLowerCase() === name ? [number] : []));
    if (exact.length) return new Set(exact);
    return new Set(speakers.flatMap((speaker, number) => (speaker.name.toLowerCase().includes(name) ? [number] : [])));
  };

  const apply = () => {
    const { speaker, outlet, first, last, words, flag } = Object.fromEntries(new FormData(form));
    const wanted = meant(speaker);
    const sought = words.trim().toLowerCase();
    const counts = new Array(speakers.length).fill(0);
    // A date may be a year or a month: it matches where one of its days may.
    const dated = (date) => (!first || `${date}~` > first) && (!last || date <= last);
    const placed = (it) =>
      (!outlet || it.outlets.includes(outlet)) && ((!first && !last) || it.dates.some(dated));
    const fits = (it) => (!flag || it.flags.includes(flag)) && (!sought || it.words.includes(sought));
    const said = (it) => !wanted || it.speakers.some((number) => wanted.has(number));

    let attributions = 0, printed = 0, versions = 0;
    for (const article of articles) {
      const here = placed(article);
      let shown = 0;
      for (const row of article.rows) {
        const other = here && fits(row);
        if (other) for (const number of row.speakers) counts[number] += 1;
        const visible = other && said(row);
        hide(row.element, !visible);
        shown += visible;
      }
      const whole = here && !wanted && !flag && !sought;
      hide(article.element, !shown && !whole);
      attributions += shown;
      printed += shown || whole ? 1 : 0;
    }
    for (const cluster of clusters) {
      const visible = placed(cluster) && fits(cluster) && said(cluster);
      hide(cluster.element, !visible);
      versions += visible;
    }
    speakers.forEach((it, number) => {
      const text = counts[number].toLocaleString("en");
      if (it.count.textContent !== text) it.count.textContent = text;
      hide(it.element, !counts[number] && !wanted?.has(number));
      const pressed = String(Boolean(wanted?.has(number)));
      if (it.button.getAttribute("aria-pressed") !== pressed) it.button.setAttribute("aria-pressed", pressed);
    });
    form.elements.found.value =
      `${counted(attributions, "attribution", "attributions")} in ${counted(printed, "article", "articles")}; ` +
      `${counted(versions, "utterance", "utterances")} in several versions`;
  };

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  root.querySelector("nav").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { speaker } = form.elements;
    speaker.value = speaker.value === button.textContent ? "" : button.textContent;
    apply();
  });
  // A link to what is hidden shows everything again.
  root.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target?.closest("[hidden]")) {
      form.reset();
      apply();
    }
  });
  if (matchMedia("(max-width: 60rem)").matches) root.querySelector("nav details").open = false;
  apply();
})();
