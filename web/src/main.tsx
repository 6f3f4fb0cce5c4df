import { render } from 'preact';
import '@fontsource-variable/source-sans-3';
import '@fontsource-variable/source-serif-4';
import './styles/base.css';
import './styles/views.css';
import './styles/reader.css';
import './styles/charts.css';
import { App } from './app';

const root = document.getElementById('app');
if (root) render(<App />, root);
