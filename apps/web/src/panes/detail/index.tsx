export { FlowPanel } from './flow-panel.tsx';
