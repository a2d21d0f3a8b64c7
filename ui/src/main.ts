import './app.css';
import { mount } from 'svelte';
import Shell from './Shell.svelte';
import { App } from './lib/app.svelte';

const app = new App();
const target = document.querySelector('#app');
void app.start().then(() => {
  if (target) mount(Shell, { target, props: { app } });
});
