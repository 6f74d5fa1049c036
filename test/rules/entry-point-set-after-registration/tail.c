#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HidUnload;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_DISPATCH HidDispatch;
DRIVER_DISPATCH HidPower;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;

    RtlFillMemory32(DriverObject->MajorFunction, HidDispatch);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HidDispatch;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HidDispatch;
    DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = HidDispatch;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = HidDispatch;
    DriverObject->MajorFunction[IRP_MJ_PNP] = HidDispatch;
    DriverObject->MajorFunction[IRP_MJ_POWER] = HidPower;
    DriverObject->DriverUnload = HidUnload;
    DriverObject->DriverExtension->AddDevice = HidAddDevice;

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    status = HidRegisterMinidriver(&registration);
    if (NT_SUCCESS(status)) {
        DriverObject->DriverUnload = HidUnload;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning entry-point-set-after-registration: 'DriverObject->DriverUnload' is set after 'HidRegisterMinidriver' and replaces the routine of the class driver
        DriverObject->DriverExtension->AddDevice = HidAddDevice;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning entry-point-set-after-registration: 'DriverObject->DriverExtension->AddDevice' is set after 'HidRegisterMinidriver' and replaces the routine of the class driver
    }
    return status;
}
