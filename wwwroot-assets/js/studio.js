// What every page needs from the browser and a circuit cannot give: the theme, the time zone, and what to do when the
// connection is gone. No page depends on more script than this.

const root = document.documentElement;
const year = 31536000;

function keep(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${value ? year : 0}; SameSite=Lax${secure}`;
}

// Theme: "light", "dark", or "" for the system's choice.
function useTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  keep('theme', theme);
  showTheme();
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function showTheme() {
  for (const choice of document.querySelectorAll('[data-theme-choice]')) {
    choice.checked = choice.value === (root.dataset.theme ?? '');
  }
}

document.addEventListener('click', event => {
  if (event.target.closest('[data-theme-toggle]')) useTheme(isDark() ? 'light' : 'dark');
  if (event.target.closest('[data-reload]')) location.reload();
  const eye = event.target.closest('[data-show-password]');
  if (eye) {
    const field = eye.parentElement.querySelector('input');
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    eye.setAttribute('aria-pressed', shown);
  }
});

document.addEventListener('change', event => {
  if (event.target.matches('[data-theme-choice]')) useTheme(event.target.value);
});

showTheme();

// Times are said in the person's zone; the server reads this cookie when it makes a page.
keep('tz', Intl.DateTimeFormat().resolvedOptions().timeZone ?? '');

// "18 min ago" grows old without the server. Only the text node's value is touched: the node itself is Blazor's.
setInterval(() => {
  for (const time of document.querySelectorAll('time.when')) {
    const text = time.firstChild;
    const said = /^\d+ (s|min|h) ago$|^now$/.test(text?.nodeValue ?? '');
    const seconds = Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000);
    if (!said || seconds < 5 || seconds >= 12 * 3600) continue;
    const words = seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
    if (text.nodeValue !== `${words} ago`) text.nodeValue = `${words} ago`;
  }
}, 5000);

// Time that runs: said once a second by the browser alone, and set right by each rendering.
setInterval(() => {
  for (const time of document.querySelectorAll('time[data-since]')) {
    const text = time.firstChild;
    const seconds = Math.max(0, Math.floor((Date.now() - Number(time.dataset.since)) / 1000));
    const two = number => String(number).padStart(2, '0');
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const words = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    if (text && text.nodeValue !== words) text.nodeValue = words;
  }
}, 1000);

// What is typed is kept until the tab closes, also before the page is alive; the page puts it back.
document.addEventListener('input', event => {
  const name = event.target.dataset?.draft;
  if (name) sessionStorage.setItem(`draft:${name}`, event.target.value);
});

// Ctrl or Cmd and Enter sends the form from anywhere in it.
document.addEventListener('keydown', event => {
  const form = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat && event.target.closest('form[data-ctrl-enter]');
  if (form) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// The circuit takes such a form. While there is none yet the browser would send what is typed itself, as part of an address.
document.addEventListener('submit', event => {
  if (event.target.matches('form[data-ctrl-enter]')) event.preventDefault();
});

// An image dropped on the prompt goes to the field for the reference image.
for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    const place = event.target.closest?.('[data-drop-image]');
    const field = place?.querySelector('input[type=file]');
    if (!field || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    place.classList.toggle('dropping', kind === 'dragover');
    if (kind === 'drop' && event.dataTransfer.files.length > 0) {
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      field.files = one.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
}

// Shows the image that was just chosen without fetching it back from the server.
window.videogen = {
  showReference() {
    const image = document.querySelector('[data-reference-thumbnail]');
    const file = document.querySelector('#reference')?.files[0];
    if (image && file) {
      image.onload = () => URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(file);
    }
  },
};

// Connection: the framework sets the class of its element.
const modal = document.getElementById('components-reconnect-modal');

function showConnection() {
  const is = state => modal.classList.contains(`components-reconnect-${state}`);
  const lost = is('failed') || is('rejected');
  document.body.classList.toggle('off', is('show') || lost);
  for (const page of document.querySelectorAll('.app, .si')) page.inert = lost;

  // The server is there but no longer knows this page (it was restarted): a fresh page is the only way on.
  if (is('rejected')) location.reload();
  else if (lost) modal.querySelector('[data-reload]').focus();
}

if (modal) {
  new MutationObserver(showConnection).observe(modal, { attributes: true, attributeFilter: ['class'] });
}
