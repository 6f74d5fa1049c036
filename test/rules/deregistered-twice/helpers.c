//- driver.h
#include <ndis.h>

extern NDIS_HANDLE MiniportHandle;

#define UNREGISTER() NdisMDeregisterMiniportDriver(MiniportHandle)

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;
VOID CleanUp(VOID);

//- driver.c
#include "driver.h"

NDIS_HANDLE MiniportHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &MiniportHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREGISTER();
    CleanUp();
}

//- cleanup.c
#include "driver.h"

VOID CleanUp(VOID)
{
    if (MiniportHandle != NULL) {
        NdisMDeregisterMiniportDriver(MiniportHandle);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error deregistered-twice: 'NdisMDeregisterMiniportDriver' is called a second time for a registration that is undone already
        MiniportHandle = NULL;
    }
}
