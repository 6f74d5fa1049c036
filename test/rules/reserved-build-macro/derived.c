#define NDIS620_MINIPORT 1
#define NDIS_SUPPORT_NDIS61 1
    //  ^^^^^^^^^^^^^^^^^^^ warning reserved-build-macro: do not define 'NDIS_SUPPORT_NDIS61'
#include <ndis.h>
