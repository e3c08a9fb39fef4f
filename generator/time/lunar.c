#include "time/lunar.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2060, MONTHS = 12 };

/* The lunar years by the rules of GB/T 33661—2017. A table, and not ICU 72's Chinese calendar: that reckons new
 * moons to within minutes and so is a day off in five months of these years, among them the New Years of 2027 and
 * 2030 and the 七夕 of 2012. The unit test holds the table against ICU and those five. */
static const struct {
	uint16_t new_year;    /* the first day, month × 100 + day */
	uint8_t leap;         /* the month that is followed by a leap month; 0: none */
	uint16_t long_months; /* bit n: the year's month n, from 0 and leap counted, has 30 days, else 29 */
} YEARS[] = {
	/* clang-format off */
	{ 127, 5, 0x1E92 }, /* 1990 */
	{ 215, 0, 0x0E92 }, /* 1991 */
	{ 204, 0, 0x0D26 }, /* 1992 */
	{ 123, 3, 0x0A56 }, /* 1993 */
	{ 210, 0, 0x0A57 }, /* 1994 */
	{ 131, 8, 0x14D6 }, /* 1995 */
	{ 219, 0, 0x035A }, /* 1996 */
	{ 207, 0, 0x06D5 }, /* 1997 */
	{ 128, 5, 0x16C9 }, /* 1998 */
	{ 216, 0, 0x0749 }, /* 1999 */
	{ 205, 0, 0x0693 }, /* 2000 */
	{ 124, 4, 0x152B }, /* 2001 */
	{ 212, 0, 0x052B }, /* 2002 */
	{ 201, 0, 0x0A5B }, /* 2003 */
	{ 122, 2, 0x155A }, /* 2004 */
	{ 209, 0, 0x056A }, /* 2005 */
	{ 129, 7, 0x1B55 }, /* 2006 */
	{ 218, 0, 0x0BA4 }, /* 2007 */
	{ 207, 0, 0x0B49 }, /* 2008 */
	{ 126, 5, 0x1A93 }, /* 2009 */
	{ 214, 0, 0x0A95 }, /* 2010 */
	{ 203, 0, 0x052D }, /* 2011 */
	{ 123, 4, 0x0AAD }, /* 2012 */
	{ 210, 0, 0x0AB5 }, /* 2013 */
	{ 131, 9, 0x15AA }, /* 2014 */
	{ 219, 0, 0x05D2 }, /* 2015 */
	{ 208, 0, 0x0DA5 }, /* 2016 */
	{ 128, 6, 0x1D4A }, /* 2017 */
	{ 216, 0, 0x0D4A }, /* 2018 */
	{ 205, 0, 0x0C95 }, /* 2019 */
	{ 125, 4, 0x152E }, /* 2020 */
	{ 212, 0, 0x0556 }, /* 2021 */
	{ 201, 0, 0x0AB5 }, /* 2022 */
	{ 122, 2, 0x15B2 }, /* 2023 */
	{ 210, 0, 0x06D2 }, /* 2024 */
	{ 129, 6, 0x0EA5 }, /* 2025 */
	{ 217, 0, 0x0725 }, /* 2026 */
	{ 206, 0, 0x064B }, /* 2027 */
	{ 126, 5, 0x0C97 }, /* 2028 */
	{ 213, 0, 0x0CAB }, /* 2029 */
	{ 203, 0, 0x055A }, /* 2030 */
	{ 123, 3, 0x0AD6 }, /* 2031 */
	{ 211, 0, 0x0B69 }, /* 2032 */
	{ 131, 11, 0x1752 }, /* 2033 */
	{ 219, 0, 0x0B52 }, /* 2034 */
	{ 208, 0, 0x0B25 }, /* 2035 */
	{ 128, 6, 0x1A4B }, /* 2036 */
	{ 215, 0, 0x0A4B }, /* 2037 */
	{ 204, 0, 0x04AB }, /* 2038 */
	{ 124, 5, 0x055B }, /* 2039 */
	{ 212, 0, 0x05AD }, /* 2040 */
	{ 201, 0, 0x0B6A }, /* 2041 */
	{ 122, 2, 0x1B52 }, /* 2042 */
	{ 210, 0, 0x0D92 }, /* 2043 */
	{ 130, 7, 0x1D25 }, /* 2044 */
	{ 217, 0, 0x0D25 }, /* 2045 */
	{ 206, 0, 0x0A55 }, /* 2046 */
	{ 126, 5, 0x14AD }, /* 2047 */
	{ 214, 0, 0x04B6 }, /* 2048 */
	{ 202, 0, 0x05B5 }, /* 2049 */
	{ 123, 3, 0x0DAA }, /* 2050 */
	{ 211, 0, 0x0EC9 }, /* 2051 */
	{ 201, 8, 0x1E92 }, /* 2052 */
	{ 219, 0, 0x0E92 }, /* 2053 */
	{ 208, 0, 0x0D26 }, /* 2054 */
	{ 128, 6, 0x0A56 }, /* 2055 */
	{ 215, 0, 0x0A57 }, /* 2056 */
	{ 204, 0, 0x04D6 }, /* 2057 */
	{ 124, 4, 0x06D5 }, /* 2058 */
	{ 212, 0, 0x0755 }, /* 2059 */
	{ 202, 0, 0x0749 }, /* 2060 */
	/* clang-format on */
};

bool lunar_to_date(int year, int month, int day, struct date *out)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > MONTHS || day < 1 || day > 30)
		return false;
	int row = year - FIRST_YEAR, leap = YEARS[row].leap, long_months = YEARS[row].long_months;
	int index = month - 1 + (leap && month > leap);
	struct date date = date_of_ymd(year, YEARS[row].new_year / 100, YEARS[row].new_year % 100);
	for (int i = 0; i < index; i++)
		date.day += 29 + (long_months >> i & 1);
	int length = 29 + (long_months >> index & 1);
	date.day += (day < length ? day : length) - 1;
	*out = date;
	return true;
}
