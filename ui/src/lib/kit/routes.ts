export type Screen =
  'overview' | 'services' | 'service' | 'register' | 'edit' | 'network' | 'mdns' | 'events' | 'settings' | 'missing';

export interface Route {
  screen: Screen;
  /** Of the service, where the screen is about one. */
  id: string;
  redirect?: string;
}

interface Pattern {
  pattern: RegExp;
  screen: Screen;
  redirect?: string;
}

/** The same addresses as src/Beacon.Aot/Ui/UiScreens.cs answers. */
export const routes: readonly Pattern[] = [
  { pattern: /^\/$/, screen: 'overview' },
  { pattern: /^\/services$/, screen: 'services' },
  { pattern: /^\/services\/([^/]+)$/, screen: 'service' },
  { pattern: /^\/services\/([^/]+)\/edit$/, screen: 'edit' },
  { pattern: /^\/register$/, screen: 'register' },
  { pattern: /^\/network$/, screen: 'network' },
  { pattern: /^\/mdns$/, screen: 'mdns' },
  { pattern: /^\/events$/, screen: 'events' },
  { pattern: /^\/settings$/, screen: 'settings' },
  // The earlier dashboard's addresses, bookmarked by its users.
  { pattern: /^\/dashboard$/, screen: 'overview', redirect: '/' },
  { pattern: /^\/discovery$/, screen: 'services', redirect: '/services' },
];
