//- mux.h
#include <ndis.h>
typedef struct _MUX {
    NDIS_HANDLE Miniport;
    NDIS_HANDLE Protocol;
} MUX;
extern MUX Mux;
MINIPORT_UNLOAD MuxUnload;
VOID MuxUndo(VOID);
//- entry.c
#include "mux.h"

MUX Mux;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    do {
        FillMiniport(&miniport);
        miniport.UnloadHandler = MuxUnload;
        status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &Mux.Miniport);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        FillProtocol(&protocol);
        status = NdisRegisterProtocolDriver(NULL, &protocol, &Mux.Protocol);
        if (status != NDIS_STATUS_SUCCESS) {
            NdisMDeregisterMiniportDriver(Mux.Miniport);
            break;
        }
        NdisIMAssociateMiniport(Mux.Miniport, Mux.Protocol);
    } while (FALSE);
    return status;
}
//- unload.c
#include "mux.h"

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    MuxUndo();
}

VOID MuxUndo(VOID)
{
    NDIS_HANDLE handle = Mux.Miniport;

    NdisDeregisterProtocolDriver(Mux.Protocol);
    NdisMDeregisterMiniportDriver(Mux.Miniport);
}
