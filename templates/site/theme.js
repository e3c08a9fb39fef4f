/* The look that the reader chose, set before anything is painted. */
'use strict';
try {
	document.documentElement.dataset.theme = localStorage.getItem('theme') || '';
} catch (error) {
	/* Storage may be forbidden; then the system's look holds. */
}
