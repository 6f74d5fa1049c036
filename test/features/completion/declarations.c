#include <ndis.h>

M$0
//? MINIPORT_PAUSE MPPause; | PauseHandler · no declaration yet
//? DRIVER_INITIALIZE DriverEntry; | entry point
//only
//= MINIPORT_PAUSE MPPause;|
MINIPORT_HALT MPHalt;
static M$0
//none
M$0 = 1;
//none
typedef struct _A {
    M$0
    //none
    int x;
} A;
MINIPORT_$0
//? MINIPORT_PAUSE MPPause;

static MINIPORT_RESTART *restart;

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};
    chars.PauseHandler = MPPause;
    chars.HaltHandlerEx = MPHalt;
    chars.RestartHandler = restart;
    MINI$0
    //! MINIPORT_PAUSE MPPause;
    return NdisMRegisterMiniportDriver(Object, Path, NULL, &chars, NULL);
}
