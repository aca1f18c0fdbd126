// Makes the figures answer: the still picture of a figure that comes near is replaced by the same
// picture drawn by Vega, whose marks can be pointed at, touched, or walked through by arrow keys.
// If anything fails, the still picture stays. Colours follow the page's look by themselves.
(() => {
  "use strict";
  const root = document.documentElement;
  if (root.dataset.figures) return;
  root.dataset.figures = "on";
  const runtime = new URL("vega.js", document.currentScript.src).href;
  let asked;

  function load() {
    asked ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = runtime;
      script.addEventListener("load", () => (window.vegaEmbed ? resolve(window.vegaEmbed) : reject()));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return asked;
  }

  const options = {
    actions: false,
    ast: true, // expressions are interpreted: the page's policy allows no code made from text
    defaultStyle: false,
    hover: false,
    mode: "vega-lite",
    renderer: "svg",
    tooltip: () => {},
  };

  /** What is said of a mark, beside it; it is read out, too. */
  class Tip {
    constructor(picture) {
      this.element = document.createElement("div");
      this.element.className = "figure-tip";
      this.element.setAttribute("role", "status");
      picture.after(this.element);
    }

    show(mark, text) {
      const lines = text.split("\n").map((line) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        return paragraph;
      });
      this.element.replaceChildren(...lines);
      this.place(mark);
    }

    place(mark) {
      const at = mark.getBoundingClientRect();
      const own = this.element.getBoundingClientRect();
      const room = Math.max(root.clientWidth - own.width - 8, 8);
      const left = Math.min(Math.max((at.left + at.right - own.width) / 2, 8), room);
      const above = at.top - own.height - 6;
      const top = above >= 4 ? above : Math.min(at.bottom + 6, window.innerHeight - own.height - 4);
      const place = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
      this.element.style.setProperty("transform", place);
    }

    hide() {
      this.element.replaceChildren();
    }
  }

  /** Puts back what the rows of the narrow spec have in common with those of the wide one. */
  function whole(specs) {
    const { wide, narrow } = specs;
    for (const [name, rows] of Object.entries(narrow.datasets)) {
      const others = wide.datasets[name] ?? [];
      if (rows.length === others.length) {
        narrow.datasets[name] = rows.map((row, place) => ({ ...others[place], ...row }));
      }
    }
    return specs;
  }

  class Live {
    constructor(figure, embed) {
      this.figure = figure;
      this.embed = embed;
      this.picture = figure.querySelector(".figure-picture");
      this.still = figure.querySelector(".figure-still");
      this.specs = whole(JSON.parse(figure.querySelector("script[type='application/json']").textContent));
      this.told = null;
      this.tip = new Tip(this.picture);
    }

    /** The width that the style sheet chooses. */
    get width() {
      return getComputedStyle(this.still).getPropertyValue("--width").trim();
    }

    async draw() {
      const width = this.width;
      const box = document.createElement("div");
      box.className = "figure-live";
      box.dataset.width = width;
      box.hidden = true;
      this.picture.append(box);
      try {
        const result = await this.embed(box, this.specs[width], options);
        this.replace(box, result);
      } catch (error) {
        box.remove();
        throw error;
      }
    }

    replace(box, result) {
      this.close();
      const svg = box.querySelector("svg");
      svg.setAttribute("aria-hidden", "true");
      this.result?.finalize();
      this.box?.remove();
      this.box = box;
      this.result = result;
      this.marks = this.ordered([...svg.querySelectorAll('[class*=" pointed_"] path')]);
      this.listen();
      box.hidden = false;
      this.still.hidden = true;
      this.figure.dataset.state = "live";
    }

    ordered(marks) {
      const found = marks.filter((mark) => mark.__data__?.tooltip);
      const first = this.figure.dataset.layout === "plane" ? "x" : "y";
      const second = first === "x" ? "y" : "x";
      const place = (mark, axis) => Math.round(mark.__data__[axis] ?? 0);
      for (const mark of found) mark.classList.toggle("leads", Boolean(mark.__data__.datum.href));
      return found.sort((a, b) => place(a, first) - place(b, first) || place(a, second) - place(b, second));
    }

    listen() {
      const box = this.box;
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", this.still.getAttribute("aria-label"));
      box.setAttribute("aria-description", this.figure.dataset.hint);
      box.addEventListener("pointermove", (event) => this.point(event));
      box.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.close());
      box.addEventListener("click", (event) => this.press(event));
      box.addEventListener("keydown", (event) => this.walk(event));
      box.addEventListener("blur", () => this.close());
    }

    mark(event) {
      return this.marks.includes(event.target) ? event.target : null;
    }

    point(event) {
      if (event.pointerType === "touch") return; // a finger tells when it taps
      const mark = this.mark(event);
      if (mark) this.tell(mark);
      else this.close();
    }

    press(event) {
      const mark = this.mark(event);
      if (!mark) this.close();
      else if (mark === this.told) this.open(mark);
      else this.tell(mark);
    }

    walk(event) {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      const now = this.marks.indexOf(this.told);
      const last = this.marks.length - 1;
      if (event.key === "Escape") return this.close();
      if (event.key === "Enter" && this.told) return this.open(this.told);
      let next;
      if (event.key === "Home") next = 0;
      else if (event.key === "End") next = last;
      else if (event.key in steps) next = now < 0 ? 0 : Math.min(Math.max(now + steps[event.key], 0), last);
      else return undefined;
      event.preventDefault();
      this.marks[next].scrollIntoView({ block: "nearest", inline: "nearest" });
      return this.tell(this.marks[next]);
    }

    tell(mark) {
      if (mark === this.told) return;
      this.close();
      this.told = mark;
      mark.classList.add("is-told");
      this.tip.show(mark, mark.__data__.tooltip);
    }

    close() {
      if (!this.told) return;
      this.told.classList.remove("is-told");
      this.told = null;
      this.tip.hide();
    }

    open(mark) {
      const path = mark.__data__.datum.href;
      if (path) window.location.assign(this.figure.dataset.to + path);
    }
  }

  async function start(figure) {
    try {
      const live = new Live(figure, await load());
      await live.draw();
      new ResizeObserver(() => {
        if (live.box.dataset.width !== live.width) live.draw().catch(() => {});
      }).observe(live.picture);
      const follow = () => live.told && live.tip.place(live.told);
      document.addEventListener("scroll", follow, { passive: true });
    } catch {
      figure.dataset.state = "still"; // nothing is lost: the picture and the table beside it stay
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        start(entry.target);
      }
    },
    { rootMargin: "300px" },
  );
  for (const figure of document.querySelectorAll(".figure[data-layout]")) near.observe(figure);
})();
