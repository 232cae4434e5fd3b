import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/fonts.css';
import './ui/style.css';

mount(App, { target: document.getElementById('app')! });
