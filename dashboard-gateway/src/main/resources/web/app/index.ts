import './theme.css';
import './shell';
