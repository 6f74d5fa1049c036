//- entry.c
#include <ndis.h>

VOID SetRoutines(PDRIVER_OBJECT DriverObject);
NTSTATUS RegisterFilter(PDRIVER_OBJECT DriverObject);
DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    SetRoutines(DriverObject);
    return RegisterFilter(DriverObject);
}

//- filter.c
#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_UNLOAD FilterUnload;

NTSTATUS RegisterFilter(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}

//- routines.c
#include <ndis.h>

DRIVER_UNLOAD FilterUnload;

VOID SetRoutines(PDRIVER_OBJECT DriverObject)
{
    DriverObject->DriverUnload = FilterUnload;
}
