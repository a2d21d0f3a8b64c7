import { getContext, setContext } from 'svelte';
import type { App } from './app.svelte';

const key = Symbol('app');

export const provideApp = (app: App): App => setContext(key, app);
export const useApp = (): App => getContext<App>(key);
