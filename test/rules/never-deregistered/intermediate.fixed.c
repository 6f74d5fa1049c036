//- unload.c
#include "mux.h"

MINIPORT_UNLOAD MuxUnload;

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
    DbgPrint("unloaded\n");
}
