/* Highlights all parts of the attribution under the pointer or in focus, and brings its entry into view beside the
   text. Everything else on the page works without this. */
(() => {
  for (const root of document.querySelectorAll(".qk-document:not(.qk-live)")) {
    root.classList.add("qk-live");
    const list = root.querySelector(".qk-lists");
    let lit = [];

    // The attributions that an element stands for: an entry's or a speaker's own, of a piece of text the innermost.
    const numbersOf = (element) =>
      (element.dataset.show ?? element.dataset.a?.split(" ").pop() ?? "").split(" ").filter(Boolean);

    const light = (numbers) => {
      for (const [element, name] of lit) element.classList.remove(name);
      lit = [];
      for (const number of numbers) {
        for (const element of root.querySelectorAll(`.qk-text [data-a~="${number}"], .qk-entries > [data-show="${number}"]`))
          lit.push([element, "qk-on"]);
        for (const element of root.querySelectorAll(`.qk-text [data-e~="${number}"]`)) lit.push([element, "qk-shows"]);
      }
      for (const [element, name] of lit) element.classList.add(name);
    };

    const bringIntoView = (number) => {
      const entry = list?.querySelector(`.qk-entries > [data-show="${number}"]`);
      if (!entry || list.scrollHeight <= list.clientHeight) return;
      const above = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
      if (above < 0 || above + entry.offsetHeight > list.clientHeight) list.scrollTop += above - list.clientHeight / 4;
    };

    const follow = (event) => {
      const element = event.target.closest?.("[data-a], [data-show]");
      root.classList.remove("qk-quiet");
      const numbers = element ? numbersOf(element) : [];
      light(numbers);
      if (numbers.length && element.closest(".qk-text")) bringIntoView(numbers[0]);
    };

    root.addEventListener("pointerover", follow);
    root.addEventListener("focusin", follow);
    root.addEventListener("pointerleave", () => light([]));
    root.addEventListener("focusout", () => light([]));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") root.classList.add("qk-quiet");
    });
  }
})();
