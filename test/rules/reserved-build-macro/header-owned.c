// example: Defining what ndis.h defines
#define NDIS_MINIPORT_MAJOR_VERSION 6
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error reserved-build-macro: do not define 'NDIS_MINIPORT_MAJOR_VERSION'; define 'NDIS630_MINIPORT' before including the header
#define NDIS_MINIPORT_DRIVER 1
#include <ndis.h>
#define NDIS630_MINIPORT 1
    //  ^^^^^^^^^^^^^^^^ error reserved-build-macro: 'NDIS630_MINIPORT' is defined after <ndis.h> has been included, where it has no effect
