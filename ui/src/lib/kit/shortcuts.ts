/** After `g`, one more key names the screen, as in other consoles. */
const screens: Record<string, string> = {
  o: '/',
  s: '/services',
  n: '/network',
  m: '/mdns',
  e: '/events',
  t: '/settings',
};
const togetherWithin = 1_200;
let lastG = -Infinity;

/** What a key means on every screen: a path, search, help, or nothing. */
export function shortcut(event: KeyboardEvent): string | undefined {
  if (
    event.metaKey ||
    event.ctrlKey ||
    event.altKey ||
    isTyping(event.target) ||
    document.querySelector('dialog[open]')
  )
    return undefined;
  const follows = event.timeStamp - lastG < togetherWithin;
  lastG = event.key === 'g' ? event.timeStamp : -Infinity;
  if (follows && screens[event.key]) return screens[event.key];
  if (event.key === '/') return 'search';
  if (event.key === '?') return 'help';
  if (event.key === 'n') return '/register';
  return undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
