// What the grid does without asking the server: the preview on hover, pressing "Show older videos" when it comes near.

const hoverDelay = 300;
let stop = null;

export function watch(grid) {
  stop?.();
  const aborted = new AbortController();
  const near = new IntersectionObserver(
    entries => { for (const entry of entries) if (entry.isIntersecting) entry.target.click(); },
    { rootMargin: '800px' });

  // Blazor makes and removes the button; it says nothing about it.
  let button = null;
  const follow = () => {
    const now = grid.querySelector('[data-more]');
    if (now === button && !now?.disabled) return;
    if (button) near.unobserve(button);
    button = now?.disabled ? null : now;
    if (button) near.observe(button);
  };
  const changes = new MutationObserver(follow);
  changes.observe(grid, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  follow();

  const preview = previewOn(grid, aborted.signal);
  stop = () => { aborted.abort(); near.disconnect(); changes.disconnect(); preview.end(); stop = null; };
}

export function unwatch() {
  stop?.();
}

export function isScrolled() {
  return window.scrollY > 120;
}

export function toTop() {
  window.scrollTo({ top: 0, behavior: 'instant' });
}

function previewOn(grid, signal) {
  let timer = 0;
  let over = null;
  let video = null;

  const end = () => {
    clearTimeout(timer);
    if (video) {
      video.removeAttribute('src');
      video.load();
      video.remove();
      over?.style.removeProperty('--at');
    }
    over?.classList.remove('playing');
    over = video = null;
  };

  const begin = poster => {
    video = document.createElement('video');
    Object.assign(video, { muted: true, loop: true, playsInline: true, preload: 'auto', src: poster.dataset.preview });
    video.tabIndex = -1;
    video.setAttribute('aria-hidden', 'true');
    const mine = video;
    video.addEventListener('playing', () => poster.classList.add('playing'));
    video.addEventListener('timeupdate', () => {
      if (mine === video) poster.style.setProperty('--at', `${(100 * video.currentTime) / video.duration}%`);
    });
    poster.querySelector('[data-live]').append(video);
    video.play().catch(() => end());
  };

  grid.addEventListener('pointerover', event => {
    const poster = event.target.closest('[data-preview]');
    if (poster === over) return;
    end();
    if (!poster || event.pointerType === 'touch' || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    over = poster;
    timer = setTimeout(() => begin(poster), hoverDelay);
  }, { signal });
  grid.addEventListener('pointerleave', end, { signal });
  return { end };
}
