//- entry.c
#include <hidport.h>

VOID SetDispatch(PDRIVER_OBJECT DriverObject);
DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration;

    SetDispatch(DriverObject);
    RtlZeroMemory(&registration, sizeof(registration));
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(MINI_EXTENSION);
    return HidRegisterMinidriver(&registration);
}

//- dispatch.c
#include <hidport.h>

DRIVER_ADD_DEVICE MiniAddDevice;
DRIVER_UNLOAD MiniUnload;
DRIVER_DISPATCH MiniDispatch;

VOID SetDispatch(PDRIVER_OBJECT DriverObject)
{
    DriverObject->DriverExtension->AddDevice = MiniAddDevice;
    DriverObject->DriverUnload = MiniUnload;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = MiniDispatch;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = MiniDispatch;
    DriverObject->MajorFunction[IRP_MJ_PNP] = MiniDispatch;
    DriverObject->MajorFunction[IRP_MJ_POWER] = MiniDispatch;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = MiniDispatch;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = MiniDispatch;
}
