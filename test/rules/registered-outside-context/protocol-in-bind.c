//- mux.h
#include <ndis.h>
extern NDIS_HANDLE ProtocolHandle;
NDIS_STATUS RegisterProtocol(VOID);
MINIPORT_INITIALIZE MuxInitialize;
MINIPORT_UNLOAD MuxUnload;
//- driver.c
#include "mux.h"

static NDIS_HANDLE DriverHandle;
NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.InitializeHandlerEx = MuxInitialize;
    chars.UnloadHandler = MuxUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

NDIS_STATUS MuxInitialize(NDIS_HANDLE MiniportHandle, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_STATUS status = SetAttributes(MiniportHandle);

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    if (status == NDIS_STATUS_SUCCESS) {
        status = RegisterProtocol();
    }
    return status;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
//- protocol.c
#include "mux.h"

NDIS_STATUS RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    FillProtocol(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning registered-outside-context: belongs in DriverEntry, not in 'MuxInitialize'
}
